import { zoneMembership } from "../comparators/by-zone";
import { aucWithInterval } from "../evaluation/delong";
import type { Estimate } from "../evaluation/types";
import { scaleByRanges, scaleEvidence } from "../evidence/scale";
import { type Grid, type GridStack, pixelCentre } from "../grid/grid";
import type { OccurrenceAssignment } from "../patches/occurrences";
import { patchSubset } from "../patches/select";
import { tilePatches } from "../patches/tile";
import type { Patches } from "../patches/types";
import type { Zone } from "../study/types";
import { isInZone } from "../study/zone-members";
import { type AutoencoderTrialOptions, autoencoderTrials } from "./autoencoder-trial";
import type { RunContext } from "./context";
import { patchErrors } from "./patch-errors";

/** An error learnt in one zone and judged in another. */
export interface ZoneTransfer {
  readonly trained: string;
  readonly judged: string;
  /** Patches judged, and how many of them hold an occurrence. */
  readonly patches: number;
  readonly positives: number;
  /** AUC of the error of an auto-encoder that has seen the other zone only. */
  readonly transferred: Estimate;
  /** And of the one that has seen all, on the same patches. */
  readonly whole: Estimate;
}

export interface ZoneTransferOptions {
  /** Errors of the auto-encoder trained on all patches. */
  readonly errors: Float64Array;
  readonly assignment: OccurrenceAssignment;
  readonly zones: readonly Zone[];
  readonly autoencoder: AutoencoderTrialOptions;
  readonly percentiles?: readonly number[];
}

/**
 * Trains an auto-encoder in each zone and judges its errors in each other one: scaled by the ranges of
 * the zone that it was trained in, so that nothing of the other one is known. Zones without patches
 * that hold an occurrence and such that hold none cannot be judged, and are left out; in one where a
 * layer has a single value nothing can be scaled, and it is not trained in.
 *
 * @param layers evidence in its own units
 * @param patches those of all evidence, in whose order errors and labels are
 * @returns none where fewer than two zones can be judged
 */
export async function zoneTransfers(
  run: RunContext,
  layers: GridStack,
  patches: Patches,
  { errors, assignment, zones, autoencoder, percentiles }: ZoneTransferOptions,
): Promise<ZoneTransfer[]> {
  const { zoneOf } = zoneMembership(patches, zones);
  const members = zones.map((_, zone) => numbersOf(zoneOf, zone));
  const judged = [...zones.keys()].filter((zone) => {
    const positives = sumOf(assignment.labels, members[zone]);
    return positives > 0 && positives < members[zone].length;
  });
  if (judged.length < 2) return [];
  const scaling = percentiles === undefined ? {} : { percentiles };
  // Of the same grid and nodata, so that patches are the same places in the same order.
  const inZone = zones.map((zone) => withinZone(layers, zone));
  const trained = judged.filter((zone) => inZone[zone].bands.every(varies));
  const byZone = trained.map((zone) => {
    const { ranges } = scaleEvidence(inZone[zone], scaling);
    return tilePatches(scaleByRanges(layers, ranges), { size: patches.layout.size });
  });
  const trials = await autoencoderTrials(
    run,
    trained.map((zone, at) => ({
      label: `Trained in ${zones[zone].name}`,
      patches: patchSubset(byZone[at], members[zone]),
      options: autoencoder,
    })),
  );
  const found: ZoneTransfer[] = [];
  for (const [at, zone] of trained.entries()) {
    for (const other of judged.filter((each) => each !== zone)) {
      const numbers = members[other];
      const labels = numbers.map((patch) => assignment.labels[patch]);
      const held = Uint8Array.from(labels);
      const transferred = await patchErrors(trials[at], patchSubset(byZone[at], numbers));
      const whole = Float64Array.from(numbers, (patch) => errors[patch]);
      found.push({
        ...{ trained: zones[zone].name, judged: zones[other].name, patches: numbers.length },
        positives: sumOf(assignment.labels, numbers),
        transferred: aucWithInterval(transferred, held),
        whole: aucWithInterval(whole, held),
      });
    }
  }
  return found;
}

function numbersOf(zoneOf: Int32Array, zone: number): Uint32Array {
  return Uint32Array.from(zoneOf.keys()).filter((patch) => zoneOf[patch] === zone);
}

function sumOf(labels: Uint8Array, numbers: Uint32Array): number {
  return numbers.reduce((sum, patch) => sum + labels[patch], 0);
}

/** Whether two pixels with data differ. */
function varies({ values }: Grid): boolean {
  const first = values.find((value) => !Number.isNaN(value));
  return values.some((value) => !Number.isNaN(value) && value !== first);
}

/** Evidence with nodata outside a zone. */
function withinZone({ geometry, bands }: GridStack, zone: Zone): GridStack {
  const { width, height } = geometry;
  const inside = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const row = Math.floor(pixel / width);
    const { easting, northing } = pixelCentre(geometry, row, pixel - row * width);
    return isInZone(zone, easting, northing) ? 1 : 0;
  });
  return {
    geometry,
    bands: bands.map((band) => ({
      ...band,
      values: band.values.map((value, pixel) => (inside[pixel] === 1 ? value : Number.NaN)),
    })),
  };
}
