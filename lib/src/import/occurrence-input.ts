import { InputError } from "../errors";
import type { OccurrenceInput } from "../manifest/manifest";
import { metalNamed } from "../study/chemical-elements";
import { listedCommodities } from "../study/commodities";
import { commodityColumn, nameColumns } from "./columns";
import type { PointsFile } from "./points-file";
import type { Wishes } from "./wishes";

/** How a manifest reads the occurrences, and the commodity that the study is about. */
export interface OccurrencesFound {
  readonly input: OccurrenceInput;
  readonly mainCommodity: string;
  readonly notes: readonly string[];
}

/**
 * How occurrences are read: their names from a column in which each is there and its own, their
 * commodity from one that is named so.
 *
 * @throws InputError when no commodity can be told
 */
export function occurrencesFound(
  points: PointsFile,
  { nameOf, commodity, commodityColumn: given }: Wishes,
): OccurrencesFound {
  const { source, columns, rows } = points;
  const free = columns.filter((column) => !points.taken.includes(column));
  const name =
    nameOf.get(points.given) ?? nameColumns(free).find((column) => isUnique(rows, column));
  const column = given ?? commodityColumn(free);
  const frequent = column === undefined ? [] : frequencies(rows, column);
  const main = commodity ?? firstNamed(rows, column)[0];
  if (main === undefined) {
    throw new InputError({
      kind: "parameter",
      file: source.file,
      field: "commodity",
      found: `no column named so among ${columns.join(", ") || "none"}`,
      expected: "a column with each occurrence's commodity, or the one of all",
      remedy: "--commodity Au says that all are of gold; --commodity-column NAME names the column.",
    });
  }
  if (column !== undefined && frequent.every(([what]) => what !== main)) {
    throw new InputError({
      ...{ kind: "occurrences", file: source.file, field: "--commodity", found: main },
      expected: `one that occurrences have: ${frequent
        .slice(0, 12)
        .map(([what, count]) => `${what} ${count}`)
        .join(", ")}`,
      remedy: "Commodities are told apart by their words; --commodity-column names another column.",
    });
  }
  const lists =
    column === undefined
      ? 0
      : rows.filter((row) => listedCommodities(wordOf(row[column])).length > 1).length;
  const counts = frequent
    .slice(0, 12)
    .map(([what, count]) => `${what} ${count}`)
    .join(", ");
  return {
    input: {
      ...source,
      ...(name === undefined ? {} : { name }),
      ...(column === undefined ? {} : { commodity: column }),
    },
    mainCommodity: main,
    notes: [
      ...points.notes,
      name === undefined
        ? `${source.file}: no column with a name of its own for each occurrence: numbered from 1`
        : `${source.file}: names from "${name}"`,
      column === undefined
        ? `${source.file}: every occurrence is taken as ${main}`
        : `${source.file}: commodity from "${column}" (${counts}); the study is about ${main}`,
      ...(lists === 0
        ? []
        : [
            `${source.file}: ${lists} of ${rows.length} cells list several commodities and were split; an occurrence counts as ${main} if it lists it, else as its first`,
          ]),
    ],
  };
}

function isUnique(rows: PointsFile["rows"], column: string): boolean {
  const names = rows.map((row) => wordOf(row[column]));
  return names.every((name) => name !== "") && new Set(names).size === names.length;
}

/** Commodities of a cell; a metal in words is its symbol where other rows write that. */
function listedIn(row: PointsFile["rows"][number], column: string, written: ReadonlySet<string>) {
  const inSymbols = (one: string) => {
    const symbol = metalNamed(one);
    return symbol !== null && written.has(symbol) ? symbol : one;
  };
  return [...new Set(listedCommodities(wordOf(row[column])).map(inSymbols))];
}

function writtenIn(rows: PointsFile["rows"], column: string): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => listedCommodities(wordOf(row[column]))));
}

/** Commodities of a column with the occurrences that list them, the most frequent first. */
function frequencies(rows: PointsFile["rows"], column: string): [string, number][] {
  const written = writtenIn(rows, column);
  return counted(rows.flatMap((row) => listedIn(row, column, written)));
}

/** The commodities that occurrences name first, the most frequent first. */
function firstNamed(rows: PointsFile["rows"], column: string | undefined): string[] {
  if (column === undefined) return [];
  const written = writtenIn(rows, column);
  return counted(rows.flatMap((row) => listedIn(row, column, written).slice(0, 1))).map(
    ([what]) => what,
  );
}

function counted(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

function wordOf(value: unknown): string {
  return value === null || value === undefined ? "" : String(value).trim();
}
