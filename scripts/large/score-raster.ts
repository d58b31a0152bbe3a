/*
 * Scores a raster larger than memory by the reconstruction error of an auto-encoder that has its
 * starting weights, at once or in tiles, and says how long it took and how much memory it needed at
 * most. Tiles are kept in a store beside the map: run again, they are only joined.
 *
 *   /usr/bin/python3 scripts/large/make-raster.py /tmp/large.tif
 *   npx tsx scripts/large/score-raster.ts /tmp/large.tif /tmp/score.tif [stride [tiles [threads]]]
 *
 * Not part of npm test. test/runs shows that blocks and tiles give what the whole gives.
 */
import { resourceUsage } from "node:process";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import type { Patches } from "../../lib/src/patches/types";
import { rasterRanges, scoreRaster } from "../../lib/src/runs/score-raster";
import { joinTiles, rasterTiles, scoreTile } from "../../lib/src/runs/score-tiles";
import { openRunStore } from "../../lib/src/runs/store";
import { useBackend } from "../../lib/src/training/backend";
import { reconstructionErrors } from "../../lib/src/training/predict";

const size = 12;
const name = "reconstruction error";

async function main([input, output, stride = "12", tiles = "0", cores]: string[]): Promise<void> {
  const started = Date.now();
  const say = (text: string) => {
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    const { maxRSS, userCPUTime, systemCPUTime } = resourceUsage();
    const cores = ((userCPUTime + systemCPUTime) / 1e6).toFixed(1);
    const peak = (maxRSS / 2 ** 10).toFixed(0);
    console.log(`${seconds} s (${cores} s of a core), ${peak} MiB at most: ${text}`);
  };
  const backend = await useBackend();
  const raster = await openGeoTiff(input);
  const bands = raster.names.map((_, band) => band + 1);
  const model = buildAutoencoder({
    ...{ size, bands: bands.length, architecture: "full", filters: [4, 8] },
    ...{ outputActivation: "sigmoid", seed: 1 },
  });
  const control = cores === undefined ? {} : { threads: Number(cores) };
  let seconds = 0;
  const score = async ({ places, values }: Patches) => {
    const from = Date.now();
    const shape = { count: places.length, size, bands: bands.length };
    const errors = await reconstructionErrors(model, values, shape, control);
    seconds += (Date.now() - from) / 1000;
    return errors;
  };
  say("started");
  const ranges = await rasterRanges(raster);
  say("ranges");
  const scoring = { bands, size, stride: Number(stride), ranges };
  if (tiles === "0") {
    const { scored, leftOut } = await scoreRaster(raster, output, { ...scoring, name, score });
    say(`${scored} patches scored in ${seconds.toFixed(1)} s of it, ${leftOut} left out`);
  } else {
    const quiet = { update: () => undefined, finish: () => undefined };
    const store = openRunStore(`${output}.runs`);
    const run = { store, seed: 1, backend, progress: () => quiet, onTrial: () => undefined };
    const tiled = { ...scoring, scorer: "starting weights", tiles: Number(tiles) };
    for (const [number, { label }] of rasterTiles(raster, tiled).entries()) {
      const { fromStore, strips } = await scoreTile(run, raster, tiled, number, score);
      say(`${label}: ${strips} strips, ${fromStore} from the store`);
    }
    const { scored, leftOut } = await joinTiles(run, raster, tiled, output, { name });
    say(`joined; ${scored} patches scored in ${seconds.toFixed(1)} s of it, ${leftOut} left out`);
  }
  raster.close();
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
