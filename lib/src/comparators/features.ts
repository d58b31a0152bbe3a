import { InputError } from "../errors";
import type { GridStack } from "../grid/grid";
import { patchMeans } from "../patches/means";
import type { Patches } from "../patches/types";
import type { FeatureTable } from "./types";

/**
 * One row a patch: the mean of each band over the patch, or its value at the centre pixel (for an
 * even size the one south-east of the centre).
 */
export function patchFeatures(patches: Patches, value: "mean" | "centre" = "mean"): FeatureTable {
  const { bands, places, layout } = patches;
  const values = new Float64Array(places.length * bands.length);
  const middle = Math.floor(layout.size / 2);
  const centre = (middle * layout.size + middle) * bands.length;
  const valuesPerPatch = layout.size * layout.size * bands.length;
  bands.forEach((_, band) => {
    const column =
      value === "mean"
        ? patchMeans(patches, band)
        : places.map((_, patch) => patches.values[patch * valuesPerPatch + centre + band]);
    for (let patch = 0; patch < places.length; patch++) {
      values[patch * bands.length + band] = column[patch];
    }
  });
  return { names: bands, values };
}

/** One row a pixel, row by row from the north-west; nodata stays NaN. */
export function pixelFeatures({ bands, geometry }: GridStack): FeatureTable {
  const count = geometry.width * geometry.height;
  const values = new Float32Array(count * bands.length);
  bands.forEach((band, at) => {
    for (let pixel = 0; pixel < count; pixel++) {
      values[pixel * bands.length + at] = band.values[pixel];
    }
  });
  return { names: bands.map(({ name }) => name), values };
}

/** Number of rows of a table. */
export function rowCount({ names, values }: FeatureTable): number {
  return values.length / names.length;
}

/** Rows without a missing value. */
export function completeRows({ names, values }: FeatureTable): number[] {
  return Array.from({ length: values.length / names.length }, (_, row) => row).filter((row) =>
    names.every((_, at) => !Number.isNaN(values[row * names.length + at])),
  );
}

/** Some rows of a table, in the order asked for. */
export function takeRows({ names, values }: FeatureTable, rows: ArrayLike<number>): FeatureTable {
  const width = names.length;
  const taken = new Float64Array(rows.length * width);
  for (let at = 0; at < rows.length; at++) {
    taken.set(values.subarray(rows[at] * width, (rows[at] + 1) * width), at * width);
  }
  return { names, values: taken };
}

/**
 * Checks that a table can be fitted to: whole rows, a label 0 or 1 each, no infinite value, and at
 * least so many of each label.
 *
 * @throws InputError naming the first fault
 */
export function requireFittable(
  table: FeatureTable,
  labels: ArrayLike<number>,
  atLeast: { readonly presences: number; readonly background: number },
): void {
  const refuse = (field: string, found: string, expected: string) =>
    new InputError({ kind: "values", field, found, expected });
  requireOneLabelARow(table, labels);
  const count = rowCount(table);
  const infinite = table.values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) {
    const name = table.names[infinite % table.names.length];
    const row = Math.floor(infinite / table.names.length);
    throw refuse(
      `feature ${name}`,
      `an infinite value in row ${row}`,
      "finite values, NaN where unknown",
    );
  }
  const counts = [0, 0];
  for (let row = 0; row < count; row++) {
    if (labels[row] !== 0 && labels[row] !== 1) {
      throw refuse("labels", `${labels[row]} in row ${row}`, "labels 0 and 1");
    }
    counts[labels[row]] += 1;
  }
  if (counts[1] < atLeast.presences || counts[0] < atLeast.background) {
    throw refuse(
      "labels",
      `${counts[1]} presences and ${counts[0]} background rows`,
      `at least ${atLeast.presences} and ${atLeast.background}`,
    );
  }
}

/** Checks that there is a feature, and a label for each row. */
export function requireOneLabelARow(table: FeatureTable, labels: ArrayLike<number>): void {
  if (table.names.length > 0 && rowCount(table) === labels.length) return;
  throw new InputError({
    kind: "values",
    field: "features and labels",
    found: `${table.values.length} values of ${table.names.length} features, ${labels.length} labels`,
    expected: "a label for each row of at least one feature",
  });
}

/** Checks that a table has the features a model was fitted to, in the same order. */
export function requireSameFeatures(model: readonly string[], { names }: FeatureTable): void {
  if (names.length === model.length && names.every((name, at) => name === model[at])) return;
  throw new InputError({
    kind: "values",
    field: "features",
    found: names.join(", "),
    expected: `those that the model was fitted to: ${model.join(", ")}`,
  });
}
