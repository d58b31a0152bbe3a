import { InputError } from "../errors";

/** Fields that name a file of features, and the option of new-study that brings such a file. */
const OPTIONS = {
  occurrences: "--occurrences FILE",
  samples: "--samples FILE",
  area: "--area FILE",
  zones: "--zones FILE",
  vectors: "--layer FILE=METHOD",
} as const;

/**
 * Tells of files that a manifest of before named as they were, and that are brought now: those of other
 * formats than GeoJSON and CSV, and those in another system than the study's.
 *
 * @param raw a manifest that was not checked yet
 * @param manifest how errors name it
 * @throws InputError for the first of them, with the command that brings it
 */
export function requireBroughtFiles(raw: unknown, manifest: string): void {
  if (!isRecord(raw)) return;
  for (const [field, option] of Object.entries(OPTIONS)) {
    const value = raw[field];
    const sources = Array.isArray(value) ? value : [value];
    sources.forEach((source: unknown, at) => {
      if (!isRecord(source)) return;
      const name = Array.isArray(value) ? `${field}[${at}]` : field;
      const { format, crs } = source;
      const remedy = (more: string) =>
        `npm run new-study -- NAME ${option}${more} ... brings it; data/README.md says how.`;
      if (format === "shapefile" || format === "geopackage") {
        throw new InputError({
          kind: "manifest",
          ...{ file: manifest, field: `${name}.format`, found: `"${format}"` },
          expected: field === "occurrences" || field === "samples" ? "geojson or csv" : "geojson",
          remedy: remedy(""),
        });
      }
      if (crs === undefined) return;
      throw new InputError({
        kind: "manifest",
        ...{ file: manifest, field: `${name}.crs`, found: JSON.stringify(crs) },
        expected: "none: coordinates in the study's CRS",
        remedy: remedy(" --crs-of FILE=CODE"),
      });
    });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
