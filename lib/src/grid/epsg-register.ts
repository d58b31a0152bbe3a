import { createRequire } from "node:module";

/** What the EPSG register says of a system, as the epsg-index package has it. */
export interface RegisterEntry {
  readonly kind: string;
  readonly name: string;
  readonly wkt: string;
  readonly unit: string | null;
  readonly proj4: string | null;
}

let register: Readonly<Record<string, RegisterEntry>> | null = null;

/** A system of the register by its code; null when it holds none. Read once, when first asked for. */
export function registerEntry(code: number): RegisterEntry | null {
  register ??= createRequire(__filename)("epsg-index/all.json") as NonNullable<typeof register>;
  return Object.hasOwn(register, code) ? register[code] : null;
}
