import type { ConcentrationUnit } from "../manifest/manifest";
import { ELEMENT_SYMBOLS } from "../study/chemical-elements";

/** Oxides that assays report, beside elements. */
const OXIDES =
  "SiO2 Al2O3 Fe2O3 FeO MgO CaO Na2O K2O TiO2 P2O5 MnO Cr2O3 SO3 BaO SrO V2O5 ZrO2 WO3 SnO2";
const KNOWN = new Map(
  [...ELEMENT_SYMBOLS, ...OXIDES.split(" ")].map((name) => [name.toLowerCase(), name] as const),
);

const UNITS: Readonly<Record<string, ConcentrationUnit>> = {
  ppm: "ppm",
  ppb: "ppb",
  pct: "%",
  pc: "%",
  perc: "%",
  percent: "%",
  wt: "%",
  "wt%": "%",
  "%": "%",
  "g/t": "g/t",
  gt: "g/t",
  gpt: "g/t",
  "mg/kg": "mg/kg",
  mgkg: "mg/kg",
  "µg/g": "ppm",
  "μg/g": "ppm",
  "ug/g": "ppm",
  ugg: "ppm",
  "ng/g": "ppb",
  ngg: "ppb",
  "ug/kg": "ug/kg",
  "µg/kg": "ug/kg",
  "μg/kg": "ug/kg",
  ugkg: "ug/kg",
};

const ORDINAL = /^(2nd|3rd|[4-9]th)$/;

/** The name of a column, told apart from the columns before it that have the same. */
export function ordinalName(name: string, which: number): string {
  return `${name}_${which}${{ 2: "nd", 3: "rd" }[which] ?? "th"}`;
}

/** Whether a column has the name of another and such an ordinal. */
export function isNamedAfter(name: string, other: string): boolean {
  return name.startsWith(`${other}_`) && ORDINAL.test(name.slice(other.length + 1));
}

/** A column that is named as an element, and the unit that its name says. */
export interface ElementColumn {
  readonly element: string;
  readonly column: string;
  readonly unit: ConcentrationUnit | null;
}

/**
 * Columns named as elements or oxides, such as Au_ppb, "As (ppm)", "Fe2O3%", AUPPB or plain Cu. A name
 * with anything more after it, such as a laboratory's method, counts as long as the unit comes first;
 * so does one with the ordinal that columns of one header are told apart by.
 *
 * @param taken columns that are something else, such as Y when it holds northings
 */
export function elementColumns(
  columns: readonly string[],
  taken: readonly string[],
): ElementColumn[] {
  return columns
    .filter((column) => !taken.includes(column))
    .flatMap((column) => {
      const [name, unit] = column
        .trim()
        .replace(/^([A-Za-z0-9]+?)(ppm|ppb|pct|%)(?![A-Za-z])/i, "$1 $2")
        .split(/[\s_.()[\]-]+/)
        .filter((part) => part !== "");
      const element = KNOWN.get((name ?? "").toLowerCase());
      if (element === undefined) return [];
      const said = unit === undefined || ORDINAL.test(unit) ? null : UNITS[unit.toLowerCase()];
      return said === undefined ? [] : [{ element, column, unit: said }];
    });
}
