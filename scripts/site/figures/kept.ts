import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../lib/src/errors";
import { writeWhole } from "../../../lib/src/files";
import type { DrawingData } from "./drawing-data";
import { drawnFigures } from "./drawn";

/** The district that the README shows. */
export const SHOWN = "golden-triangle";

const folder = (root: string) => join(root, "docs", "figures");

const dataPath = (root: string) => join(folder(root), `${SHOWN}.json`);

/** What the kept figures were drawn from. */
export function keptData(root: string): DrawingData {
  return JSON.parse(readFileSync(dataPath(root), "utf8"));
}

/** Keeps what the figures are drawn from, and the figures. */
export async function keepFigures(root: string, data: DrawingData): Promise<void> {
  writeWhole(dataPath(root), `${JSON.stringify(data)}\n`);
  for (const [name, svg] of await drawnFigures(data)) {
    writeWhole(join(folder(root), `${SHOWN}-${name}.svg`), svg);
  }
}

/**
 * Refuses kept figures that are not what today's code draws of the numbers beside them.
 *
 * @throws InputError that names the figure
 */
export async function requireDrawn(root: string): Promise<void> {
  for (const [name, svg] of await drawnFigures(keptData(root))) {
    const path = join(folder(root), `${SHOWN}-${name}.svg`);
    if (!existsSync(path) || readFileSync(path, "utf8") !== svg) throw older(path);
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

function older(file: string): InputError {
  return new InputError({
    kind: "checksum",
    file,
    found: "another than this commit draws",
    expected: "what npm run figures writes",
    remedy: "Run npm run figures, look at the figures, and commit them.",
  });
}
