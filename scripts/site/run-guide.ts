import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { InputError } from "../../lib/src/errors";
import { writeWhole } from "../../lib/src/files";
import { codeBlocks } from "./code-blocks";

/** Guides whose blocks are run as they stand. */
export const GUIDES = ["docs/guide/your-own-district.md", "docs/guide/teaching.md"] as const;

/** What a line of a shell printed, and how it ended. */
interface Ran {
  readonly text: string;
  readonly status: number | null;
}

/**
 * Does what a guide tells its reader, block by block: runs what stands under sh, where a cd has led,
 * and holds what it prints against the text that follows; writes a line of JSON into the file that its
 * block names. A block marked "refused" has to be.
 *
 * @param place an empty folder in which the guide finds itself as in the project, with data and results
 *   of its own; what its folder needs of the project's data is copied
 * @returns how many lines were run
 * @throws InputError that names the guide's line and what came instead
 */
export function runGuide(root: string, guide: string, place: string): number {
  cpSync(join(root, dirname(guide)), join(place, dirname(guide)), { recursive: true });
  cpSync(join(root, "data"), join(place, "data"), { recursive: true });
  let folder = place;
  let printed: Ran = { text: "", status: 0 };
  let count = 0;
  for (const { language, note, text, line } of codeBlocks(
    readFileSync(join(root, guide), "utf8"),
  )) {
    const fault = (found: string, expected: string) => faultOf(guide, line, found, expected);
    if (language === "sh") {
      for (const command of text.split("\n")) {
        const [, into] = /^cd (.*)$/.exec(command) ?? [];
        if (into !== undefined) {
          folder = join(place, into);
          if (!existsSync(folder)) throw fault(into, "a folder of the project");
          continue;
        }
        printed = ran(root, place, folder, command);
        if (printed.status !== (note === "refused" ? 1 : 0)) {
          throw fault(printed.text, note === "refused" ? "a refusal" : `${command} to run`);
        }
        count++;
      }
    } else if (language === "json") {
      mend(join(place, note), text);
    } else {
      const missing = missingLines(printed.text, text);
      if (missing !== null) throw fault(printed.text, missing);
    }
  }
  return count;
}

/** Runs a line by npm itself, on the place's own data and results. */
function ran(root: string, place: string, folder: string, line: string): Ran {
  mkdirSync(join(place, "results"), { recursive: true });
  const command = line.replace(/^npm run /, `npm --prefix "${root}" run --silent `);
  const { stdout, stderr, status } = spawnSync(command, {
    ...{ cwd: folder, shell: true, encoding: "utf8", maxBuffer: 2 ** 26 },
    env: {
      ...process.env,
      PROSPECTIVITY_DATA: join(place, "data"),
      PROSPECTIVITY_RESULTS: join(place, "results"),
    },
  });
  return { text: `${stdout}${stderr}`, status };
}

/**
 * The first lines of an expected text that a printed one does not have in that order; null where it has
 * all. Between those that a line of three dots parts, others may stand.
 */
export function missingLines(printed: string, expected: string): string | null {
  let from = 0;
  for (const part of expected.split(/^\.\.\.$/m)) {
    const lines = part.trim();
    const at = printed.indexOf(lines, from);
    if (at < 0) return lines;
    from = at + lines.length;
  }
  return null;
}

/** Writes a line into a file in the place of the one with its key, as a reader would. */
function mend(path: string, line: string): void {
  const [key] = line.split(":");
  const lines = readFileSync(path, "utf8").split("\n");
  writeWhole(
    path,
    lines.map((each) => (each.trim().startsWith(`${key}:`) ? `  ${line}` : each)).join("\n"),
  );
}

function faultOf(guide: string, line: number, found: string, expected: string): InputError {
  return new InputError({
    kind: "values",
    file: guide,
    field: `block of line ${line}`,
    found: found.trim().slice(-1500) || "nothing",
    expected,
    remedy: "Write into the guide what is true now, or mend what it tells of.",
  });
}
