import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { fromCaller, refuseUsage } from "./command";
import type { ScoreWords } from "./score-jobs";

/** The options of npm run score, for its usage. */
export const scoreOptions = `  --by probability|error   the classifier's, or the auto-encoder's error; probability without it
  --bands 3,1,2            numbers of the bands in the order of the study's layers; by name without it
  --stride N               pixels from one patch to the next; a patch without it
  --tiles N                in N tiles, whose scores are kept in the run store: stopped, it goes on
                           with those that are done. The map is the same to the byte
  --results FOLDER         where the study's notebooks left theirs, such as results/variants/wide;
                           results without it
  --out FILE               the map; FILE-score.tif without it`;

/**
 * What is to be scored, by the words of a command line; what cannot be taken is said with the usage, and
 * the process ends.
 *
 * @returns also whether tiles are asked for; null where help is
 */
export function readScoreWords(
  root: string,
  args: readonly string[],
  usage: string,
): (ScoreWords & { readonly isTiled: boolean }) | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      study: { type: "string" },
      by: { type: "string", default: "probability" },
      bands: { type: "string" },
      stride: { type: "string" },
      tiles: { type: "string" },
      results: { type: "string", default: "results" },
      out: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return null;
  const [given] = positionals;
  const { study, by, bands, stride, tiles } = values;
  if (given === undefined || study === undefined) {
    return refuseUsage("expected a file and --study NAME", usage);
  }
  if (by !== "probability" && by !== "error") return refuseUsage(`--by ${by}`, usage);
  const path = fromCaller(given);
  const output = fromCaller(values.out ?? `${given.replace(/\.tiff?$/i, "")}-score.tif`);
  if (output === path) return refuseUsage("--out is the raster itself", usage);
  return {
    ...{ given, path, study, by, output, tiles: Number(tiles ?? 1), isTiled: tiles !== undefined },
    ...(bands !== undefined && { bands: bands.split(",").map(Number) }),
    ...(stride !== undefined && { stride: Number(stride) }),
    results: resolve(root, values.results),
  };
}
