import { InputError } from "../errors";
import { epsgDefinition, utmZone } from "../grid/epsg";
import type { Crs } from "../grid/grid";

/** What a file says of where it lies. */
export interface Whereabouts {
  readonly file: string;
  readonly epsg: number | null;
  /** A place in the file's CRS. */
  readonly place: readonly [number, number] | undefined;
}

/**
 * The study's CRS: as wished, or the first projected one in metres that a file names, or the local
 * one of a raster.
 *
 * @param files in the order in which they are asked
 * @param local the first raster's, where it has no EPSG code
 * @throws InputError when there is none; where files are in degrees it names their UTM zone
 */
export function studyCrs(
  wished: number | undefined,
  files: readonly Whereabouts[],
  local: Crs | null,
): Crs {
  if (wished !== undefined) {
    const { kind, unit, name } = epsgDefinition(wished, { field: "--epsg" });
    if (kind === "projected" && unit === "metre") return { epsg: wished, name };
    throw refusal(`EPSG:${wished} (${name})`, files);
  }
  for (const { epsg, file } of files) {
    if (epsg === null) continue;
    const { kind, unit, name } = epsgDefinition(epsg, { file, field: "CRS" });
    if (kind === "projected" && unit === "metre") return { epsg, name };
  }
  if (local !== null) return local;
  const said = files.map(({ file, epsg }) => `${file}: ${epsg === null ? "none" : `EPSG:${epsg}`}`);
  throw refusal(said.join("; ") || "no file", files);
}

function refusal(found: string, files: readonly Whereabouts[]): InputError {
  const fitting = fittingUtm(files);
  return new InputError({
    kind: "georeference",
    field: "the study's CRS",
    found,
    expected: "a projected system in metres: distances in degrees mean nothing",
    remedy:
      fitting === null
        ? "Give its code: --epsg CODE."
        : `--epsg ${fitting.epsg} (${fitting.name}) fits the place; files in degrees are brought to it.`,
  });
}

/** The UTM zone of the first file in degrees. */
export function fittingUtm(
  files: readonly Whereabouts[],
): (Crs & { readonly epsg: number }) | null {
  for (const { epsg, place } of files) {
    if (epsg === null || place === undefined) continue;
    if (epsgDefinition(epsg).kind === "geographic") return utmZone(place[0], place[1]);
  }
  return null;
}
