import { resolve } from "node:path";
import { runCommand } from "./command";
import { openScoring, scoreAtOnce, scoreInTiles } from "./score-jobs";
import { readScoreWords, scoreOptions } from "./score-words";

const root = resolve(__dirname, "..");

const usage = `npm run score -- FILE.tif --study NAME [options]

Scores a raster of any extent with the network that made a study's map. Its bands hold the study's
evidence layers in their own units; they are scaled by the ranges of the study's evidence, not by
the raster's own, and what lies beyond is clipped.

${scoreOptions}`;

async function main(): Promise<void> {
  const words = readScoreWords(root, process.argv.slice(2), usage);
  if (words === null) return console.log(usage);
  const scoring = await openScoring(root, words);
  try {
    const { wish, origin } = scoring;
    const { scored, leftOut, shareAtEnds } = words.isTiled
      ? await scoreInTiles(scoring)
      : await scoreAtOnce(scoring);
    console.log(
      `${words.output}: ${wish.name}, ${scored} patches, ${leftOut} with nodata left out`,
    );
    console.log(
      `scaled by the ranges of ${origin}, not by its own: ${(100 * shareAtEnds).toFixed(1)} % of the values lie at an end of them or beyond`,
    );
  } finally {
    scoring.close();
  }
}

runCommand(main);
