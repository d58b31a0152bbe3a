import { basename } from "node:path";
import { InputError } from "../errors";
import type { Crs } from "../grid/grid";
import { bringRaster } from "./bring-raster";
import { systemBringer } from "./bring-system";
import type { BroughtRaster } from "./brought-raster";
import { missingOption } from "./missing-option";
import { openedFile } from "./opened-file";
import { type PointsFile, pointsFile } from "./points-file";
import type { Ask } from "./questions";
import type { RasterFile } from "./raster-evidence";
import type { BroughtSource, SourceFile } from "./source-file";
import { studyCrs, type Whereabouts } from "./study-crs";
import { type VectorFile, vectorFile } from "./vector-file";
import type { LayerWish, Wishes } from "./wishes";

/** Lines or polygons, and what is wished of them. */
export interface WishedLayer extends VectorFile {
  readonly wish: LayerWish;
}

/** All files of a study, opened and in its system. */
export interface StudyInputs {
  readonly crs: Crs;
  /** Evidence, and rasters of concentrations. */
  readonly rasters: readonly BroughtRaster[];
  readonly elementRasters: readonly BroughtRaster[];
  readonly samples: PointsFile | null;
  readonly layers: readonly WishedLayer[];
  readonly occurrences: PointsFile;
  readonly zones: VectorFile | null;
  readonly outline: VectorFile | null;
  /** The files of all but rasters, each once. */
  readonly files: readonly BroughtSource[];
}

/**
 * Opens the researcher's files and brings them into one system.
 *
 * @param folder against which paths are taken
 * @param ask what to do about rows that cannot be used; null where nobody answers
 * @throws InputError for the first file that cannot be read or placed, with the option that says it
 */
export async function studyInputs(
  wishes: Wishes,
  folder: string,
  ask: Ask | null,
): Promise<StudyInputs> {
  const rasters: BroughtRaster[] = [];
  const elementRasters: BroughtRaster[] = [];
  // All come into the system of the first, where none is wished.
  const wished = () => ({ ...wishes, ...systemOf(rasters, elementRasters, wishes) });
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
    throw missingOption("--occurrences", "the file of known occurrences");
  }
  const samplesAsFound = wishes.samples === undefined ? null : await points(wishes.samples);
  const layersAsFound: WishedLayer[] = [];
  for (const wish of wishes.layers) {
    layersAsFound.push({ ...vectorFile(await opened(wish.path)), wish });
  }
  const occurrencesAsFound = await points(wishes.occurrences);
  const zonesAsFound = wishes.zones === undefined ? null : vectorFile(await opened(wishes.zones));
  const outlineAsFound = isAreaFile(wishes.area) ? vectorFile(await opened(wishes.area)) : null;
  requireKnown(wishes, files);

  const allRasters = [...rasters, ...elementRasters];
  const [first] = allRasters;
  const local = first !== undefined && first.geometry.crs.epsg === null ? first.geometry.crs : null;
  const places = whereabouts(allRasters, samplesAsFound, layersAsFound, occurrencesAsFound);
  const crs = studyCrs(wishes.epsg, places, local);
  const inStudy = systemBringer(files, crs);
  const samples = samplesAsFound && (await inStudy.points(samplesAsFound));
  const layers: WishedLayer[] = [];
  for (const layer of layersAsFound) {
    layers.push({ ...(await inStudy.shapes(layer)), wish: layer.wish });
  }
  return {
    ...{ crs, rasters, elementRasters, samples, layers },
    occurrences: await inStudy.points(occurrencesAsFound),
    zones: zonesAsFound && (await inStudy.shapes(zonesAsFound)),
    outline: outlineAsFound && (await inStudy.shapes(outlineAsFound)),
    files: await inStudy.files(),
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
