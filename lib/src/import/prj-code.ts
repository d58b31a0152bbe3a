import { createRequire } from "node:module";
import { InputError } from "../errors";
import { sameSystem } from "../formats/shapefile";
import { epsgDefinition } from "../grid/epsg";

const load = createRequire(__filename);

/**
 * The EPSG code of the system that a .prj describes: the code that it names, or that of the system
 * with the same name, as long as ellipsoid and projection are the same. Null when there is none.
 */
export function prjCode(prj: string): number | null {
  const named = /AUTHORITY\["EPSG",\s*"?(\d+)"?\]\s*\]\s*$/.exec(prj)?.[1];
  const title = /"([^"]*)"/.exec(prj)?.[1] ?? "";
  const codes = named === undefined ? codesOfName(title) : [Number(named)];
  return codes.find((code) => isDescribed(prj, code)) ?? null;
}

function codesOfName(title: string): number[] {
  const wanted = plainName(title);
  const all: Record<string, { readonly name: string; readonly kind: string }> =
    load("epsg-index/all.json");
  return Object.entries(all)
    .filter(([, { name, kind }]) => /PROJCRS|GEOGCRS/.test(kind) && plainName(name) === wanted)
    .map(([code]) => Number(code));
}

/** Names as EPSG and as ESRI write them: "GDA94 / MGA zone 50" is "GDA_1994_MGA_Zone_50". */
function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^gcs_/, "")
    .replace("gauss-kruger", "gk")
    .replace(/north_american_(?=\d)/, "nad")
    .replace(/rgf93 v1/, "rgf93")
    .replace(/[^a-z0-9]/g, "")
    .replace(/^(wgs|gda|nad|agd|etrs|ed|rgf)19(?=\d\d)/, "$1");
}

function isDescribed(prj: string, code: number): boolean {
  try {
    return sameSystem(prj, epsgDefinition(code));
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
