// Files of the project, for scripts that run before anything is installed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const at = (...parts) => join(root, ...parts);

/** Hash of this Node, some files and further texts. */
export function hashOf(files, ...texts) {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(file).update(readFileSync(at(file)));
  for (const text of texts) hash.update(text);
  return hash.digest("hex");
}

/** What a part was made from when it was made; empty where it never was. */
export function stamp(name) {
  const path = at(".setup", name);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

export function setStamp(name, value) {
  writeWhole(at(".setup", name), value);
}

export function writeWhole(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
