import { elementSymbol, metalNamed } from "./chemical-elements";

/**
 * The commodities that a cell lists, in its order, none twice. Lists are parted at | ; , / + and &;
 * at a hyphen or blank only where every part is an element's symbol, so that "Au-Ag" is two and
 * "iron ore" one. Symbols are written as symbols: "AU|CU" is Au and Cu.
 */
export function listedCommodities(cell: string): string[] {
  const parts = cell
    .split(/[|;,/+&]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const found = parts.flatMap((part) => {
    const symbols = part.split(/[-–\s]+/).map(elementSymbol);
    return symbols.every((symbol) => symbol !== null) ? symbols : [part];
  });
  return [...new Set(found)];
}

/**
 * The one of several commodities that an occurrence counts as: the one asked for, by its symbol or
 * its name, else the first.
 */
export function mainOf(listed: readonly string[], wanted: string): string {
  const isWanted = (one: string) => one === wanted || metalNamed(one) === wanted;
  return listed.some(isWanted) ? wanted : listed[0];
}
