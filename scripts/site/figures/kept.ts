import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../lib/src/errors";
import { writeWhole } from "../../../lib/src/files";
import type { DrawingData } from "./drawing-data";
import { drawnFigures, picture } from "./drawn";

/** The district that the README shows. */
export const SHOWN = "golden-triangle";

const folder = (root: string) => join(root, "docs", "figures");

const dataPath = (root: string) => join(folder(root), `${SHOWN}.json`);

/** What the kept figures were drawn from. */
export function keptData(root: string): DrawingData {
  return JSON.parse(readFileSync(dataPath(root), "utf8"));
}

/** Hashes of a picture, and of the drawing that it was made of, which is the same on any machine. */
interface Stamp {
  readonly drawing: string;
  readonly picture: string;
}

const stampsPath = (root: string) => join(folder(root), "stamps.json");

const picturePath = (root: string, name: string) => join(folder(root), `${SHOWN}-${name}.png`);

/** Keeps what the figures are drawn from, their pictures, and of what drawing each picture is. */
export async function keepFigures(root: string, data: DrawingData): Promise<void> {
  writeWhole(dataPath(root), `${JSON.stringify(data)}\n`);
  const stamps: Record<string, Stamp> = {};
  for (const drawn of await drawnFigures(data)) {
    const png = await picture(drawn);
    writeWhole(picturePath(root, drawn.name), png);
    stamps[drawn.name] = { drawing: sha256(drawn.svg), picture: sha256(png) };
  }
  writeWhole(stampsPath(root), `${JSON.stringify(stamps, null, 1)}\n`);
}

/**
 * Refuses pictures that are not of what today's code draws of the numbers beside them.
 *
 * @throws InputError that names the picture
 */
export async function requireDrawn(root: string): Promise<void> {
  const stamps: Readonly<Record<string, Stamp>> = JSON.parse(
    readFileSync(stampsPath(root), "utf8"),
  );
  for (const { name, svg } of await drawnFigures(keptData(root))) {
    const path = picturePath(root, name);
    const { drawing, picture: kept } = stamps[name] ?? {};
    const isKept = existsSync(path) && sha256(readFileSync(path)) === kept;
    if (!isKept || sha256(svg) !== drawing) throw older(path);
  }
}

/**
 * Refuses kept numbers that are not those of the executed notebooks.
 *
 * @throws InputError that names the file
 */
export function requireSame(root: string, data: DrawingData): void {
  if (JSON.stringify(keptData(root)) !== JSON.stringify(data)) throw older(dataPath(root));
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function older(file: string): InputError {
  return new InputError({
    kind: "checksum",
    file,
    found: "another than this commit draws",
    expected: "what npm run figures writes",
    remedy: "Run npm run figures, look at the figures, and commit them.",
  });
}
