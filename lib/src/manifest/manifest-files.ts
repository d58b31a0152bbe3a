import type { Manifest } from "./manifest";

/** A file that the manifest uses, and the field that names it. */
export interface UsedFile {
  readonly field: string;
  readonly path: string;
}

/** Every file that a manifest uses. */
export function inputFiles({
  area,
  occurrences,
  samples,
  vectors,
  zones,
  grids,
  evidence,
}: Manifest): UsedFile[] {
  const used = [{ field: "occurrences.file", path: occurrences.file }];
  if (area?.from === "polygons") used.push({ field: "area.file", path: area.file });
  if (samples !== null) used.push({ field: "samples.file", path: samples.file });
  vectors.forEach((source, index) => {
    used.push({ field: `vectors[${index}].file`, path: source.file });
  });
  if (zones?.from === "polygons") used.push({ field: "zones.file", path: zones.file });
  grids?.elements.forEach(({ file }, index) => {
    used.push({ field: `grids.elements[${index}].file`, path: file });
  });
  evidence.forEach(({ origin }, index) => {
    if (origin.from === "geotiff") {
      used.push({
        field: `evidence[${index}].origin.file`,
        path: origin.file,
      });
    }
  });
  return used;
}
