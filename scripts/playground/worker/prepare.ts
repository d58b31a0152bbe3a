import { bestLayer, singleLayerScores } from "../../../lib/src/baselines/single-layer";
import { InputError } from "../../../lib/src/errors";
import { scaleEvidence } from "../../../lib/src/evidence/scale";
import { type OccurrenceGroup, occurrenceGroups } from "../../../lib/src/patches/groups";
import { keepBands } from "../../../lib/src/patches/select";
import { tilePatches } from "../../../lib/src/patches/tile";
import type { Patches } from "../../../lib/src/patches/types";
import { sharedValues } from "../../../lib/src/training/engine/memory";
import type { Baseline, PlaygroundParameters, Prepared, PreparedGroup } from "../protocol";
import { judged } from "./judge";
import type { OpenDistrict } from "./open-district";

/** Patches of some parameters, scaled, of the chosen layers alone, and the occurrences in them. */
export interface PreparedPatches {
  readonly open: OpenDistrict;
  readonly patches: Patches;
  readonly groups: readonly OccurrenceGroup[];
  /** Places of the chosen layers in the district's. */
  readonly chosen: readonly number[];
  /** Whether these are the patches of some parameters. */
  readonly areOf: (parameters: PlaygroundParameters) => boolean;
}

/**
 * Scales and cuts a district's evidence as the notebooks do. Which patches there are is decided by all
 * layers, chosen or not, so that maps of different choices can be held against each other.
 *
 * @throws InputError for parameters that the library refuses, or no layer
 */
export function preparePatches(
  open: OpenDistrict,
  parameters: PlaygroundParameters,
): PreparedPatches {
  const { layers } = parameters;
  const all = open.district.layers;
  const chosen = layers.map((id) => all.findIndex((layer) => layer.id === id));
  if (chosen.length === 0 || chosen.includes(-1)) {
    throw new InputError({
      kind: "parameter",
      field: "layers",
      found: layers.join(", ") || "none",
      expected: `one or more of ${all.map(({ id }) => id).join(", ")}`,
    });
  }
  const kept = keepBands(
    wholePatches(open, parameters),
    chosen.map((layer) => all[layer].label),
  );
  const patches = { ...kept, values: sharedValues(kept.values) };
  const groups = occurrenceGroups(open.grouped, patches);
  const key = cutKey(parameters);
  return { open, patches, groups, chosen, areOf: (other) => cutKey(other) === key };
}

/** Patches of all layers, by their size and percentiles. */
interface WholePatches {
  readonly key: string;
  readonly patches: Patches;
}

/** Those that were cut last of a district: layers are turned on and off more often than all else. */
const lastWhole = new WeakMap<OpenDistrict, WholePatches>();

function wholePatches(
  open: OpenDistrict,
  { patchSize, percentiles }: PlaygroundParameters,
): Patches {
  const key = JSON.stringify([patchSize, percentiles]);
  const known = lastWhole.get(open);
  if (known?.key === key) return known.patches;
  // Before others are cut: two of them may be more than there is memory for.
  lastWhole.delete(open);
  const { stack } = scaleEvidence(open.stack, { percentiles });
  const cut = tilePatches(stack, { size: patchSize });
  const patches = { ...cut, values: sharedValues(cut.values) };
  lastWhole.set(open, { key, patches });
  return patches;
}

function cutKey({ layers, patchSize, percentiles }: PlaygroundParameters): string {
  return JSON.stringify([layers, patchSize, percentiles]);
}

/** What the page is told of them, with the baseline that is there at once. */
export function preparedAnswer(prepared: PreparedPatches): Prepared {
  const { open, patches, groups } = prepared;
  const { layout, places, leftOut } = patches;
  const placeOf = new Map(open.occurrences.map((occurrence, place) => [occurrence, place]));
  return {
    ...{ columns: layout.columns, rows: layout.rows, patchSize: layout.size },
    places: Int32Array.from(places.flatMap(({ row, column }) => [row, column])),
    leftOut: leftOut.length,
    groups: groups.map(
      ({ ids, title, assignment }): PreparedGroup => ({
        ...{ ids, title },
        held: assignment.assigned.map(({ occurrence, patch }) => ({
          ...{ occurrence: placeOf.get(occurrence) as number, patch },
        })),
      }),
    ),
    baselines: bestLayerBaseline(prepared),
    means: ownMeans(prepared),
  };
}

/** The best single layer among the chosen; none where no direction is held of any. */
function bestLayerBaseline({ open, patches, groups }: PreparedPatches): Baseline[] {
  const layers = singleLayerScores(patches, open.layers);
  if (layers.length === 0) return [];
  const { layer, scores } = bestLayer(layers, groups[0].assignment.labels);
  const title = `Best single layer: ${layer.title}`;
  return [{ id: "bestLayer", title, scores, judged: judged(scores, groups) }];
}

/** Mean of each chosen layer in each patch, in its own unit: [patch, layer]. */
function ownMeans({ open: { stack }, patches, chosen }: PreparedPatches): Float32Array {
  const { size } = patches.layout;
  const { width } = stack.geometry;
  const means = new Float32Array(patches.places.length * chosen.length);
  for (const [at, layer] of chosen.entries()) {
    const { values } = stack.bands[layer];
    for (const [patch, { pixelRow, pixelColumn }] of patches.places.entries()) {
      let sum = 0;
      for (let row = pixelRow; row < pixelRow + size; row++) {
        const from = row * width + pixelColumn;
        for (let pixel = from; pixel < from + size; pixel++) sum += values[pixel];
      }
      means[patch * chosen.length + at] = sum / (size * size);
    }
  }
  return means;
}
