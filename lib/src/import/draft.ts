import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import { type AreaInput, DEFAULT_SPACINGS } from "../manifest/area-manifest";
import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { Manifest } from "../manifest/manifest";
import type { BroughtFile } from "./brought";
import { editedFile } from "./edited-file";
import { type ElementGridsFound, elementGridsFound } from "./element-grids";
import { type Extent, extentOf } from "./extent";
import { missingOption } from "./missing-option";
import { drawnRank, geologyOf, type NamedLayer, namedLayers } from "./named-layers";
import { namedApart, withDirections } from "./names";
import { occurrencesFound } from "./occurrence-input";
import type { Ask } from "./questions";
import { type RasterFile, rasterEvidence } from "./raster-evidence";
import { type SamplesFound, sampleEvidence, samplesFound } from "./sample-input";
import type { SourceFile } from "./source-file";
import { withSpokenValues } from "./spoken-values";
import { studyInputs } from "./study-inputs";
import { vectorEvidence } from "./vector-evidence";
import { type VectorFile, zonesFound } from "./vector-file";
import type { Wishes } from "./wishes";

/** A study that is not written yet. */
export interface Draft {
  /** Checksums are still to come. */
  readonly manifest: Omit<Manifest, "files">;
  /** Where each input file is copied from, by its name in the study folder. */
  readonly from: ReadonlyMap<string, string>;
  /** How inputs came about that are not the researcher's files to the byte. */
  readonly brought: readonly BroughtFile[];
  /** What was recognised in the files. */
  readonly notes: readonly string[];
}

/**
 * Makes a study's manifest from the researcher's files.
 *
 * @param folder against which paths are taken
 * @param ask what to do about rows and values that cannot be used; null where nobody answers
 * @throws InputError for the first thing that cannot be told, with the option that says it
 */
export async function draftStudy(
  name: string,
  wishes: Wishes,
  folder: string,
  ask: Ask | null = null,
): Promise<Draft> {
  const inputs = await studyInputs(wishes, folder, ask);
  const { crs, rasters, elementRasters, samples, layers, occurrences, zones } = inputs;
  const allRasters = [...rasters, ...elementRasters];
  const area = areaFound(wishes, inputs.outline);
  const grid = allRasters.find(({ geometry }) => geometry.crs.epsg === crs.epsg) ?? null;
  const extent = extentOf(wishes, grid, samples?.places ?? []);
  const found = occurrencesFound(occurrences, wishes);
  const read =
    samples === null ? null : samplesFound(samples, await withSpokenValues(samples, wishes, ask));
  const files = inputs.files.map((file) =>
    read !== null && file.file === read.input.file
      ? editedFile(file, read.edits, read.steps)
      : file,
  );
  const grids = elementGridsFound(elementRasters, wishes, found.mainCommodity);
  const named = namedLayers(layers);
  const divided =
    zones === null
      ? null
      : zonesFound(
          zones,
          wishes,
          named.map(({ input }) => input),
        );
  const vectors = [...named.map(({ input }) => input), ...(divided?.vectors ?? [])];
  const evidence = evidenceOf(
    rasters,
    read,
    grids,
    named,
    { ...extent, crs },
    found.mainCommodity,
    wishes,
  );
  return {
    manifest: {
      title: wishes.title ?? name,
      kind: "real",
      licence: wishes.licence ?? "not stated",
      source: wishes.source ?? "not stated",
      crs,
      region: extent.region,
      pixelSize: extent.pixelSize,
      area,
      mainCommodity: found.mainCommodity,
      occurrences: found.input,
      samples: read === null ? null : read.input,
      grids: elementRasters.length === 0 ? null : grids.input,
      vectors,
      drawn: [...vectors]
        .sort((one, other) => drawnRank(one, named) - drawnRank(other, named))
        .map(({ name: layer }) => layer),
      geology: geologyOf(named),
      zones: divided?.zones ?? null,
      evidence,
    },
    from: copies(allRasters, files),
    brought: [...allRasters, ...files].flatMap(({ brought }) => brought ?? []),
    notes: [
      ...[...allRasters, ...files].flatMap((file) => file.notes),
      `CRS ${crs.epsg === null ? "" : `EPSG:${crs.epsg}, `}${crs.name}`,
      ...extent.notes,
      ...rasters.map(({ file, bands }) => `${file}: ${bands.length} bands: ${bands.join(", ")}`),
      ...(read?.notes ?? []),
      ...grids.notes,
      ...layers.map(({ note }) => note),
      ...found.notes,
      ...(divided?.notes ?? []),
      ...unsaid(wishes),
    ],
  };
}

/** The study area: of a file, or around the samples; null for the whole region. */
function areaFound({ area, samples }: Wishes, outline: VectorFile | null): AreaInput | null {
  if (outline !== null) return { from: "polygons", ...outline.source };
  if (area === "none" || samples === undefined) return null;
  return { from: "samples", spacings: DEFAULT_SPACINGS };
}

/** What is written as "not stated", to be mended. */
function unsaid({ licence, source }: Wishes): string[] {
  const without = Object.entries({ licence, source }).filter(([, text]) => text === undefined);
  return without.map(([field]) => `${field} is not stated: --${field} says it`);
}

function evidenceOf(
  rasters: readonly RasterFile[],
  samples: SamplesFound | null,
  grids: ElementGridsFound,
  layers: readonly NamedLayer[],
  study: Extent & { readonly crs: Crs },
  mainCommodity: string,
  wishes: Wishes,
): EvidenceLayer[] {
  const evidence = namedApart([
    ...rasters.flatMap((raster) => rasterEvidence(raster, study)),
    ...(samples === null ? [] : sampleEvidence(samples.input, wishes, mainCommodity)),
    ...grids.evidence,
    ...layers.flatMap(({ wish, input, shapes }) =>
      vectorEvidence(wish, { ...shapes, name: input.name }, study.pixelSize),
    ),
  ]);
  if (evidence.length === 0) {
    throw missingOption(
      "evidence",
      "--raster, --element-grid, --samples, --faults, --intrusions or --layer",
    );
  }
  return withDirections(evidence, wishes);
}

function copies(rasters: readonly RasterFile[], files: readonly SourceFile[]): Map<string, string> {
  const from = new Map<string, string>();
  const all = [
    ...rasters.map(({ file, path }) => [file, path] as const),
    ...files.flatMap((file) => [...file.from]),
  ];
  for (const [name, path] of all) {
    const other = from.get(name);
    if (other !== undefined && other !== path) {
      throw new InputError({
        ...{ kind: "parameter", field: "files", found: `${other} and ${path}, both named ${name}` },
        expected: "input files with names of their own",
        remedy: "Rename one of them.",
      });
    }
    from.set(name, path);
  }
  return from;
}
