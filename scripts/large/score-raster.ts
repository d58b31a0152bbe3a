/*
 * Scores a raster larger than memory by the reconstruction error of an auto-encoder that has its
 * starting weights, and says how long it took and how much memory it needed at most.
 *
 *   /usr/bin/python3 scripts/large/make-raster.py /tmp/large.tif
 *   /usr/bin/time -v npx tsx scripts/large/score-raster.ts /tmp/large.tif /tmp/score.tif [stride]
 *
 * Not part of npm test. test/runs/score-raster.test.ts shows that blocks give what the whole gives.
 */
import { resourceUsage } from "node:process";
import { openGeoTiff } from "../../lib/src/grid/geotiff-window";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { rasterRanges, scoreRaster } from "../../lib/src/runs/score-raster";
import { useBackend } from "../../lib/src/training/backend";
import { reconstructionErrors } from "../../lib/src/training/predict";

async function main([input, output, stride = "12"]: string[]): Promise<void> {
  await useBackend();
  const size = 12;
  const raster = await openGeoTiff(input);
  const bands = raster.names.length;
  const model = buildAutoencoder({
    size,
    bands,
    architecture: "full",
    filters: [4, 8],
    outputActivation: "sigmoid",
    seed: 1,
  });
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(0);
  const say = (text: string) => process.stdout.write(`${seconds()} s: ${text}\n`);
  const progress = { update: say, finish: say };
  const ranges = await rasterRanges(raster, { progress });
  console.log(`ranges after ${seconds()} s`);
  const { scored, leftOut } = await scoreRaster(raster, output, {
    size,
    stride: Number(stride),
    ranges,
    name: "reconstruction error",
    score: ({ places, values }) =>
      reconstructionErrors(model, values, { count: places.length, size, bands }),
    progress,
  });
  raster.close();
  const peak = (resourceUsage().maxRSS / 2 ** 20).toFixed(2);
  console.log(`${scored} patches scored, ${leftOut} left out, ${seconds()} s, ${peak} GB at most`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
