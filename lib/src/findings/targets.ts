import type { Driver } from "../evaluation/target-drivers";
import { delineateTargets, type Target } from "../evaluation/targets";
import { cellOutline } from "../grid/cell-outline";
import type { Grid } from "../grid/grid";
import type { VectorFeature } from "../grid/vector-feature";
import type { Study } from "../study/types";
import type { Row } from "../tables/table";
import { targetProperties, targetRows } from "../tables/targets";
import type { Metrics } from "./measured";
import { percentText } from "./words";

/** New targets on a map of patches, and what drives each. */
export interface Targets {
  readonly grid: Grid;
  /** Ranked by mean score. */
  readonly targets: readonly Target[];
  readonly drivers: readonly (readonly Driver[])[];
  /** Patches with a score. */
  readonly patches: number;
  readonly options: TargetLimits;
}

/** What makes a target one. */
export interface TargetLimits {
  readonly threshold: number;
  /** Distance from every known occurrence, in pixels of the manifest. */
  readonly awayFromKnown: number;
  /** Patches of the smallest one. */
  readonly minimumCells: number;
}

/** Delineates targets on a map of patches. */
export function targetsOn(
  grid: Grid,
  { occurrences, pixelSize }: Pick<Study, "occurrences" | "pixelSize">,
  { threshold, awayFromKnown, minimumCells }: TargetLimits,
  neighbours?: 4 | 8,
): Target[] {
  return delineateTargets(grid, {
    ...{ threshold, known: occurrences, minimumCells },
    distance: awayFromKnown * pixelSize,
    ...(neighbours && { neighbours }),
  });
}

/** How many targets there are, and their share of the area. */
export function targetMetrics(found: Targets): Metrics {
  return {
    "targets.count": { value: found.targets.length },
    "targets.areaShare": { value: areaShareOf(found), n: found.patches },
  };
}

function areaShareOf({ targets, patches }: Pick<Targets, "targets" | "patches">): number {
  return targets.reduce((sum, { cells }) => sum + cells.length, 0) / patches;
}

/** One row a target of the first ones, with what drives it. */
export function firstTargetRows({ targets, drivers }: Targets, shown = 10): Row[] {
  return targetRows(targets.slice(0, shown), drivers.slice(0, shown));
}

/** How much ground the targets cover, and what made them ones. */
export function targetSentence(found: Targets, { pixelSize }: Pick<Study, "pixelSize">): string {
  const { awayFromKnown, minimumCells } = found.options;
  return `${found.targets.length} targets cover ${percentText(areaShareOf(found))} of the area, each of at least ${minimumCells} patches and farther than ${(awayFromKnown * pixelSize) / 1000} km from every known occurrence.`;
}

/** Outlines of the targets with what is known of each, for a GIS. */
export function targetFeatures({ grid, targets, drivers }: Targets): VectorFeature[] {
  return targets.map((target, at) => ({
    polygons: cellOutline(grid.geometry, target.cells),
    properties: targetProperties(target, drivers[at]),
  }));
}

/** Which files the targets are in, and why there is no GeoJSON where there is none. */
export function keptSentence(files: readonly string[], { crs }: Pick<Study, "crs">): string {
  if (files.length === 0) return "No target, so no file of targets is kept.";
  const names = files.map((file) => `\`${file}\``).join(" and ");
  const none =
    crs.epsg === null
      ? " No GeoJSON: the study's CRS has no EPSG code, and GeoJSON is then read as degrees."
      : "";
  return `Kept as ${names}.${none}`;
}

/** One row a threshold: targets, their patches, and the largest of them. */
export function targetsByThresholdRows(
  { grid, options }: Targets,
  study: Pick<Study, "occurrences" | "pixelSize">,
  thresholds: readonly number[],
): Row[] {
  return thresholds.map((threshold) => {
    const found = targetsOn(grid, study, { ...options, threshold, minimumCells: 1 });
    const patches = found.reduce((sum, { cells }) => sum + cells.length, 0);
    const largest = Math.max(0, ...found.map(({ squareKilometres }) => squareKilometres));
    return { threshold, targets: found.length, patches, "largest (km²)": largest };
  });
}
