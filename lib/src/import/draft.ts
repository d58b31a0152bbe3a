import { basename } from "node:path";
import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import { type AreaInput, DEFAULT_SPACINGS } from "../manifest/area-manifest";
import type { EvidenceLayer } from "../manifest/evidence-layer";
import type { Manifest } from "../manifest/manifest";
import { bringRaster } from "./bring-raster";
import { systemBringer } from "./bring-system";
import type { BroughtFile } from "./brought";
import type { BroughtRaster } from "./brought-raster";
import { editedFile } from "./edited-file";
import { type ElementGridsFound, elementGridsFound } from "./element-grids";
import { type Extent, extentOf } from "./extent";
import { drawnRank, geologyOf, type NamedLayer, namedLayers } from "./named-layers";
import { namedApart, withDirections } from "./names";
import { occurrencesFound } from "./occurrence-input";
import { openedFile } from "./opened-file";
import { type PointsFile, pointsFile } from "./points-file";
import type { Ask } from "./questions";
import { type RasterFile, rasterEvidence } from "./raster-evidence";
import { type SamplesFound, sampleEvidence, samplesFound } from "./sample-input";
import type { BroughtSource, SourceFile } from "./source-file";
import { withSpokenValues } from "./spoken-values";
import { studyCrs, type Whereabouts } from "./study-crs";
import { vectorEvidence } from "./vector-evidence";
import { type VectorFile, vectorFile, zonesFound } from "./vector-file";
import type { LayerWish, Wishes } from "./wishes";

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
  const rasters: BroughtRaster[] = [];
  // All come into the system of the first, where none is wished.
  const wished = () => ({ ...wishes, ...systemOf(rasters, elementRasters, wishes) });
  const elementRasters: BroughtRaster[] = [];
  for (const path of wishes.rasters) rasters.push(await bringRaster(path, folder, wished()));
  for (const path of wishes.elementGrids)
    elementRasters.push(await bringRaster(path, folder, wished()));
  const before = [...rasters, ...elementRasters].flatMap((raster) => raster.before ?? []);
  const files: BroughtSource[] = [];
  const known = new Map<string, BroughtSource>();
  const opened = async (path: string) => {
    const file = known.get(path) ?? (await openedFile(path, folder, wishes, ask));
    if (!known.has(path)) files.push(file);
    known.set(path, file);
    return file;
  };
  const points = async (path: string) => {
    const file = await opened(path);
    return pointsFile(file, wishes.coordinatesOf.get(file.given), before);
  };
  if (wishes.occurrences === undefined) {
    throw missing("--occurrences", "the file of known occurrences");
  }
  const samplesAsFound = wishes.samples === undefined ? null : await points(wishes.samples);
  const layersAsFound: (VectorFile & { readonly wish: LayerWish })[] = [];
  for (const wish of wishes.layers) {
    layersAsFound.push({ ...vectorFile(await opened(wish.path)), wish });
  }
  const occurrencesAsFound = await points(wishes.occurrences);
  const zonesAsFound = wishes.zones === undefined ? null : vectorFile(await opened(wishes.zones));
  const outline = isAreaFile(wishes.area) ? vectorFile(await opened(wishes.area)) : null;
  requireKnown(wishes, files);

  const allRasters = [...rasters, ...elementRasters];
  const [first] = allRasters;
  const local = first !== undefined && first.geometry.crs.epsg === null ? first.geometry.crs : null;
  const places = whereabouts(allRasters, samplesAsFound, layersAsFound, occurrencesAsFound);
  const crs = studyCrs(wishes.epsg, places, local);
  const inStudy = systemBringer(files, crs);
  const samples = samplesAsFound && (await inStudy.points(samplesAsFound));
  const layers: (VectorFile & { readonly wish: LayerWish })[] = [];
  for (const layer of layersAsFound) {
    layers.push({ ...(await inStudy.shapes(layer)), wish: layer.wish });
  }
  const occurrences = await inStudy.points(occurrencesAsFound);
  const zones = zonesAsFound && (await inStudy.shapes(zonesAsFound));
  const area = areaFound(wishes, outline && (await inStudy.shapes(outline)));
  const broughtFiles = await inStudy.files();
  const grid = allRasters.find(({ geometry }) => geometry.crs.epsg === crs.epsg) ?? null;
  const extent = extentOf(wishes, grid, samples?.places ?? []);
  const found = occurrencesFound(occurrences, wishes);
  const read =
    samples === null ? null : samplesFound(samples, await withSpokenValues(samples, wishes, ask));
  const inputs = broughtFiles.map((file) =>
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
    from: copies(allRasters, inputs),
    brought: [...allRasters, ...inputs].flatMap(({ brought }) => brought ?? []),
    notes: [
      ...[...allRasters, ...broughtFiles].flatMap((file) => file.notes),
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

/** The first raster's system, where none is wished. */
function systemOf(
  rasters: readonly RasterFile[],
  elementRasters: readonly RasterFile[],
  { epsg }: Wishes,
): { readonly epsg?: number } {
  const code = epsg ?? [...rasters, ...elementRasters][0]?.geometry.crs.epsg ?? undefined;
  return code === undefined ? {} : { epsg: code };
}

function isAreaFile(area: string | undefined): area is string {
  return area !== undefined && area !== "none";
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
    throw missing(
      "evidence",
      "--raster, --element-grid, --samples, --faults, --intrusions or --layer",
    );
  }
  return withDirections(evidence, wishes);
}

function whereabouts(
  rasters: readonly RasterFile[],
  samples: PointsFile | null,
  layers: readonly VectorFile[],
  occurrences: PointsFile,
): Whereabouts[] {
  const ofPoints = ({ source, epsg, places }: PointsFile) => ({
    file: source.file,
    epsg,
    place: places[0],
  });
  return [
    ...rasters.map(({ file, geometry }) => ({ file, epsg: geometry.crs.epsg, place: undefined })),
    ...(samples === null ? [] : [ofPoints(samples)]),
    ...layers.map(({ source, epsg, place }) => ({ file: source.file, epsg, place })),
    ofPoints(occurrences),
  ];
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

/** A CRS, columns or a name given for a file that is none of the inputs is a slip, or for no samples. */
function requireKnown(wishes: Wishes, files: readonly SourceFile[]): void {
  const [column] = [...wishes.dataColumns, ...wishes.mixed.keys()];
  if (column !== undefined && wishes.samples === undefined) {
    throw new InputError({
      ...{ kind: "parameter", field: "--data or --mixed", found: column },
      expected: "numbers, or --samples with a column of that name",
    });
  }
  const names = files.map(({ given }) => given);
  const given = [wishes.crsOf, wishes.coordinatesOf, wishes.nameOf].flatMap((of) => [...of.keys()]);
  const unknown = given.find((file) => !names.includes(file));
  if (unknown === undefined) return;
  throw new InputError({
    ...{
      kind: "parameter",
      field: "--crs-of, --columns-of or --name-of",
      found: basename(unknown),
    },
    expected: `one of ${names.join(", ")}`,
  });
}

function missing(field: string, expected: string): InputError {
  return new InputError({ kind: "parameter", field, found: "nothing", expected });
}
