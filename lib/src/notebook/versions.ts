import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const packages = ["@tensorflow/tfjs-core", "geotiff", "tslab", "vega", "vega-lite"];

/** Versions of what computes and draws, for the record of a run. */
export function versions(): Record<string, string> {
  const own = createRequire(__filename)("../../package.json") as { name: string; version: string };
  const installed = packages.map((name) => [name, versionOf(name)] as const);
  return { node: process.version, [own.name]: own.version, ...Object.fromEntries(installed) };
}

/** Reads the package's own file, since many packages do not export it. */
function versionOf(name: string): string {
  const folders = createRequire(__filename).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return (
        JSON.parse(readFileSync(`${folder}/${name}/package.json`, "utf8")) as { version: string }
      ).version;
    } catch {
      // Not in this folder; the next one up may have it.
    }
  }
  return "not installed";
}
