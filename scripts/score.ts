import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { fromCaller, refuseUsage, runCommand } from "./command";
import { openScoring, scoreAtOnce, scoreInTiles } from "./score-jobs";

const root = resolve(__dirname, "..");

const usage = `npm run score -- FILE.tif --study NAME [options]

Scores a raster of any extent with the network that made a study's map. Its bands hold the study's
evidence layers in their own units; they are scaled by the ranges of the study's evidence, not by
the raster's own, and what lies beyond is clipped.

  --by probability|error   the classifier's, or the auto-encoder's error; probability without it
  --bands 3,1,2            numbers of the bands in the order of the study's layers; by name without it
  --stride N               pixels from one patch to the next; a patch without it
  --tiles N                in N tiles, whose scores are kept in the run store: stopped, it goes on
                           with those that are done. The map is the same to the byte
  --results FOLDER         where the study's notebooks left theirs, such as results/variants/wide;
                           results without it
  --out FILE               the map; FILE-score.tif without it`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
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
  if (values.help) return console.log(usage);
  const [given] = positionals;
  const { study, by, bands, stride, tiles } = values;
  if (given === undefined || study === undefined) {
    return refuseUsage("expected a file and --study NAME", usage);
  }
  if (by !== "probability" && by !== "error") return refuseUsage(`--by ${by}`, usage);
  const path = fromCaller(given);
  const output = fromCaller(values.out ?? `${given.replace(/\.tiff?$/i, "")}-score.tif`);
  if (output === path) return refuseUsage("--out is the raster itself", usage);
  const scoring = await openScoring(root, {
    ...{ given, path, study, by, output, tiles: Number(tiles ?? 1) },
    ...(bands !== undefined && { bands: bands.split(",").map(Number) }),
    ...(stride !== undefined && { stride: Number(stride) }),
    results: resolve(root, values.results),
  });
  try {
    const { wish, origin } = scoring;
    const { scored, leftOut, shareAtEnds } =
      tiles === undefined ? await scoreAtOnce(scoring) : await scoreInTiles(scoring);
    console.log(`${output}: ${wish.name}, ${scored} patches, ${leftOut} with nodata left out`);
    console.log(
      `scaled by the ranges of ${origin}, not by its own: ${(100 * shareAtEnds).toFixed(1)} % of the values lie at an end of them or beyond`,
    );
  } finally {
    scoring.close();
  }
}

runCommand(main);
