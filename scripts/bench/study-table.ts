/** A notebook run in two checkouts, one right after the other. */
export interface TimedPair {
  readonly notebook: string;
  /** Seconds in this checkout, and in the one of the other commit. */
  readonly here: number;
  readonly there: number;
  /** Mean number of processes that wanted to run when the pair began. */
  readonly load: number;
}

/** A table of pairs with the ratio of each and of all together, in Markdown. */
export function pairedTable(pairs: readonly TimedPair[]): string {
  const sum = (of: (pair: TimedPair) => number) =>
    pairs.reduce((total, pair) => total + of(pair), 0);
  const rows = [
    ...pairs.map(({ notebook, here, there, load }) => [
      notebook,
      ...times(here, there),
      load.toFixed(1),
    ]),
    [
      "all",
      ...times(
        sum(({ here }) => here),
        sum(({ there }) => there),
      ),
      "",
    ],
  ];
  const head = ["notebook", "here, s", "there, s", "here over there", "load at the start"];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function times(here: number, there: number): string[] {
  // The runner tells tenths of a second: a notebook may take less.
  const ratio = there > 0 ? (here / there).toFixed(2) : "";
  return [here.toFixed(1), there.toFixed(1), ratio];
}
