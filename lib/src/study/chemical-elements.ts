const SYMBOLS =
  "Ag Al As Au B Ba Be Bi Br C Ca Cd Ce Cl Co Cr Cs Cu Dy Er Eu F Fe Ga Gd Ge Hf Hg Ho I In Ir K La Li Lu Mg Mn Mo Na Nb Nd Ni Os P Pb Pd Pr Pt Rb Re Rh Ru S Sb Sc Se Si Sm Sn Sr Ta Tb Te Th Ti Tl Tm U V W Y Yb Zn Zr";

const KNOWN = new Map(SYMBOLS.split(" ").map((symbol) => [symbol.toLowerCase(), symbol]));

/** Symbols of the elements that assays and commodities are named by; gases are left out. */
export const ELEMENT_SYMBOLS: readonly string[] = [...KNOWN.values()];

/** The symbol that a text is, whatever its case ("AU" is Au); null when it is none. */
export function elementSymbol(text: string): string | null {
  return KNOWN.get(text.toLowerCase()) ?? null;
}

/** Metals by the names that commodities are given by. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ gold: "Au", silver: "Ag", copper: "Cu", lead: "Pb", zinc: "Zn", tin: "Sn", iron: "Fe" },
  ...{ tungsten: "W", molybdenum: "Mo", antimony: "Sb", arsenic: "As", mercury: "Hg" },
  ...{ nickel: "Ni", cobalt: "Co", uranium: "U", manganese: "Mn", lithium: "Li", bismuth: "Bi" },
  ...{ platinum: "Pt", palladium: "Pd", chromium: "Cr", vanadium: "V", titanium: "Ti" },
};

/** The symbol of a metal that is named in words ("Gold" is Au); null where it is none. */
export function metalNamed(text: string): string | null {
  return NAMES[text.toLowerCase()] ?? null;
}
