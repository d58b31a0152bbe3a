import type { Manifest } from "./manifest";

/** A file that the manifest uses, and the field that names it. */
export interface UsedFile {
  readonly field: string;
  readonly path: string;
  /** It is read when it is listed, and not missed otherwise. */
  readonly optional: boolean;
}

/** Every file that a manifest uses, the parts of shapefiles one by one. */
export function inputFiles({
  area,
  occurrences,
  samples,
  vectors,
  zones,
  grids,
  evidence,
}: Manifest): UsedFile[] {
  const used = [...partsOf("occurrences.file", occurrences)];
  if (area?.from === "polygons") used.push(...partsOf("area.file", area));
  if (samples !== null) used.push(...partsOf("samples.file", samples));
  vectors.forEach((source, index) => {
    used.push(...partsOf(`vectors[${index}].file`, source));
  });
  if (zones?.from === "polygons") used.push(...partsOf("zones.file", zones));
  grids?.elements.forEach(({ file }, index) => {
    used.push({ field: `grids.elements[${index}].file`, path: file, optional: false });
  });
  evidence.forEach(({ origin }, index) => {
    if (origin.from === "geotiff") {
      used.push({
        field: `evidence[${index}].origin.file`,
        path: origin.file,
        optional: false,
      });
    }
  });
  return used;
}

/** A source's file, with its companions when it is a shapefile. */
function partsOf(
  field: string,
  { format, file, crs }: { readonly format: string; readonly file: string; readonly crs?: number },
): UsedFile[] {
  if (format !== "shapefile") return [{ field, path: file, optional: false }];
  return [
    { field, path: file, optional: false },
    { field, path: companion(file, "dbf"), optional: false },
    { field, path: companion(file, "shx"), optional: false },
    // Without it the manifest must say the CRS.
    { field, path: companion(file, "prj"), optional: crs !== undefined },
    { field, path: companion(file, "cpg"), optional: true },
  ];
}

/** The path of another part of a shapefile, its extension in capitals where the .SHP's is. */
export function companion(file: string, extension: string): string {
  const stem = file.slice(0, -4);
  return `${stem}.${file.endsWith(".SHP") ? extension.toUpperCase() : extension}`;
}
