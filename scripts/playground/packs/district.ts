import simplify from "simplify-js";
import { areaOverlay } from "../../../lib/src/figures/area-overlay";
import { type GridStack, regionOf } from "../../../lib/src/grid/grid";
import type { Line } from "../../../lib/src/grid/shapes";
import type { Method } from "../../../lib/src/method/parameters";
import type { Study } from "../../../lib/src/study/types";
import type { PackedDistrict, PlaygroundParameters } from "../protocol";
import type { PackContent } from "./format";

/** How a pack differs from the study as it lies in data. */
export interface PackOptions {
  readonly id: string;
  /** How many times wider than the manifest says pixels are. */
  readonly coarsening: number;
  readonly method: Method;
  /** As the baselines step gives it. */
  readonly pca: PackContent["pca"];
}

/** What a pack holds of a study, whose evidence is as the evidence step gives it. */
export function packOf(
  study: Study,
  { geometry, bands }: GridStack,
  { id, coarsening, method, pca }: PackOptions,
): PackContent {
  const { west, south, east, north } = regionOf(geometry);
  const pixelSize = geometry.transform[1];
  // A quarter of a pixel: nothing that a map of patches could show.
  const lineTolerance = pixelSize / 4;
  const drawn = (line: Line) => simplified(line, lineTolerance);
  const occurrences = [
    ...new Set([...study.occurrences, ...study.groups.flatMap((group) => group.occurrences)]),
  ];
  const placeOf = new Map(occurrences.map((occurrence, place) => [occurrence, place]));
  const places = (members: Study["occurrences"]) =>
    members.map((one) => placeOf.get(one) as number);
  const wider = coarsening === 1 ? "" : `, pixels ${coarsening} times as wide`;
  const district: PackedDistrict = {
    ...{ id, study: study.id, coarsening, title: `${study.title}${wider}`, kind: study.kind },
    ...{ licence: study.licence, source: study.source, mainCommodity: study.mainCommodity },
    region: [west, south, east, north],
    crs: study.crs.epsg === null ? study.crs.name : `EPSG:${study.crs.epsg} (${study.crs.name})`,
    ...{ width: geometry.width, height: geometry.height, pixelSize },
    layers: study.evidence.map(({ id: layer, label, title, unit, favourable }) => ({
      ...{ id: layer, label, title, unit, favourable },
    })),
    occurrences: occurrences.map(({ name, commodity, easting, northing }) => ({
      ...{ name, commodity, east: easting, north: northing },
    })),
    lines: linesOf(study).map(({ name, lines }) => ({
      ...{ id: name, title: titleOf(name), lines: lines.map(drawn) },
    })),
    lineTolerance,
    outline: (areaOverlay(study).outline ?? []).flat().map(drawn),
    parameters: parametersOf(method, study),
    remarks: coarsening === 1 ? [] : [remarkOn(coarsening, study)],
  };
  return {
    district,
    occurrencesTitle: study.occurrencesTitle ?? null,
    own: places(study.occurrences),
    groups: study.groups.map((group) => ({
      ...{ id: group.id, title: group.title, members: places(group.occurrences) },
    })),
    ...{ crs: study.crs, pca },
    layers: bands.map(({ values }) => values),
  };
}

/** Layers of the study's vectors that its maps draw, and its faults; polygons as their outlines. */
function linesOf({ vectors, drawn, geology }: Study) {
  const names = new Set([
    ...drawn,
    ...geology.filter(({ as }) => as === "fault" || as === "thrust").map(({ layer }) => layer),
  ]);
  return vectors
    .filter(({ name }) => names.has(name))
    .map(({ name, lines, polygons }) => ({ name, lines: [...lines, ...polygons.flat()] }))
    .filter(({ lines }) => lines.length > 0);
}

/** A layer's name as words: "fault_segments" is "Fault segments". */
function titleOf(name: string): string {
  const words = name.replace(/[_-]+/g, " ").replace(/([a-z])([A-Z])/g, (_, end, start) => {
    return `${end} ${start.toLowerCase()}`;
  });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A line with fewer vertices, none of the left-out ones farther from it than the tolerance. */
function simplified(line: Line, tolerance: number): number[] {
  const points = Array.from({ length: line.length / 2 }, (_, at) => ({
    x: line[2 * at],
    y: line[2 * at + 1],
  }));
  return simplify(points, tolerance, true).flatMap(({ x, y }) => [x, y]);
}

function remarkOn(coarsening: number, { pixelSize }: Study): string {
  return `Pixels are ${coarsening} times as wide as the study's ${pixelSize} m, so there are fewer patches and each is ${coarsening} times as wide: results are not those of the study.`;
}

function parametersOf(method: Method, { evidence }: Study): PlaygroundParameters {
  const { patchSize, percentiles, architecture, filters, outputActivation, loss } = method;
  const { epochs, batchSize, learningRate, seed, proportion, classifierFilters } = method;
  const { dense, dropout, batchNormalisation, classifierEpochs } = method;
  const { threshold, pcaVarianceShare } = method;
  return {
    layers: evidence.map(({ id }) => id),
    ...{ patchSize, percentiles, architecture, filters, outputActivation, loss },
    ...{ epochs, batchSize, learningRate, seed, proportion, classifierFilters },
    ...{ dense, dropout, batchNormalisation, classifierEpochs, threshold, pcaVarianceShare },
  };
}
