import { expect, it } from "vitest";
import { gridOverRegion } from "../../lib/src/grid/grid";
import { buildAutoencoder } from "../../lib/src/models/autoencoder";
import { tilePatches } from "../../lib/src/patches/tile";
import { reconstructionErrorsByBand } from "../../lib/src/runs/band-errors";
import { useBackend } from "../../lib/src/training/backend";
import { serialiseModel } from "../../lib/src/training/checkpoint";
import { reconstructionErrors } from "../../lib/src/training/predict";

it("errors by band have the error of the whole patch as their mean", async () => {
  await useBackend();
  const region = { west: 0, south: 0, east: 36, north: 24 };
  const geometry = gridOverRegion(region, 1, { epsg: 32750, name: "test" });
  const bands = ["Au", "Sb", "DTF"].map((name, band) => ({
    name,
    geometry,
    values: Float32Array.from({ length: 36 * 24 }, (_, at) => Math.sin(at * (band + 1)) ** 2),
  }));
  const patches = tilePatches({ geometry, bands }, { size: 12 });
  const model = buildAutoencoder({
    ...{ size: 12, bands: 3, architecture: "full", filters: [4, 4] },
    ...{ outputActivation: "sigmoid", seed: 1 },
  });
  const shape = { count: 6, size: 12, bands: 3 };
  const whole = await reconstructionErrors(model, patches.values, shape);
  const byBand = await reconstructionErrorsByBand(
    { models: [await serialiseModel(model)] },
    patches,
  );
  expect(byBand.map(({ name }) => name)).toEqual(["Au", "Sb", "DTF"]);
  whole.forEach((error, patch) => {
    const mean = byBand.reduce((sum, { values }) => sum + values[patch] / 3, 0);
    expect(mean / error).toBeCloseTo(1, 5);
  });
});
