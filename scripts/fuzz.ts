import { parseArgs } from "node:util";
import { type Failure, type FuzzReport, fuzz } from "../test/fuzz/harness";
import { isCostly, READERS } from "../test/fuzz/reader";

const USAGE = `npm run fuzz -- [--cases 2000] [--costly 400] [--seed 1] [--reader geotiff,csv] [--case N]

Reads files that were changed at random, by every reader or those named: each case must give a sound
value or an error that says what is wrong, within 10 s and 512 MiB, and write nothing outside the
folders of studies and results. --costly is the number of cases of readers that go through GDAL.
--case runs a single one again.`;

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "2000" },
    costly: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    reader: { type: "string" },
    case: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

async function main(): Promise<number> {
  const readers = values.reader?.split(",") ?? Object.keys(READERS);
  const unknown = readers.find((name) => !(name in READERS));
  const numbers = [values.cases, values.costly, values.seed, values.case ?? "0"].map(Number);
  const isRight =
    unknown === undefined && numbers.every((one) => Number.isInteger(one) && one >= 0);
  if (values.help || !isRight) {
    console.log(`${USAGE}\n\nReaders: ${Object.keys(READERS).join(", ")}`);
    return values.help ? 0 : 2;
  }
  const seed = Number(values.seed);
  const reports: FuzzReport[] = [];
  for (const reader of readers) {
    const cases = Number(isCostly(reader) ? values.costly : values.cases);
    const from = values.case === undefined ? 0 : Number(values.case);
    const to = values.case === undefined ? cases : from + 1;
    const report = await fuzz(reader, { seed, from, to, onCase: values.case ? tell : () => {} });
    reports.push(report);
    printFailures(report);
  }
  printTable(reports);
  return reports.some(({ failures }) => failures.length > 0) ? 1 : 0;
}

function tell(number: number, { outcome, text }: { outcome: string; text: string }): void {
  console.log(`case ${number}: ${outcome}${text === "" ? "" : `: ${text}`}`);
}

/** A failure's first line without what differs from case to case. */
function kindOf(text: string): string {
  const [first] = text.split("\n");
  return first
    .replace(/"[^"]*"|'[^']*'|\.\.\..*/g, "..")
    .replace(/\d+/g, "0")
    .slice(0, 60);
}

/** Failures of the same kind together, with the first of them to run again. */
function printFailures({ reader, seed, failures }: FuzzReport): void {
  const kinds = new Map<string, Failure[]>();
  for (const failure of failures) {
    const kind = kindOf(failure.text);
    kinds.set(kind, [...(kinds.get(kind) ?? []), failure]);
  }
  for (const alike of kinds.values()) {
    const [{ number, text }] = alike;
    const numbers = alike.slice(0, 8).map((one) => one.number);
    console.log(`\n${reader}: ${alike.length} cases (${numbers.join(", ")}): ${text}`);
    console.log(`  again: npm run fuzz -- --reader ${reader} --seed ${seed} --case ${number}`);
  }
}

function printTable(reports: readonly FuzzReport[]): void {
  const head = ["reader", "seed", "cases", "read", "typed errors", "failures", "slowest ms"];
  const rows = reports.map(({ reader, seed, cases, read, refused, failures, slowest }) =>
    [reader, seed, cases, read, refused, failures.length, Math.round(slowest.milliseconds)].map(
      String,
    ),
  );
  const widths = head.map((name, at) =>
    Math.max(name.length, ...rows.map((cells) => cells[at].length)),
  );
  console.log("");
  for (const cells of [head, ...rows]) {
    const padded = cells.map((cell, at) =>
      at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
    );
    console.log(padded.join("  "));
  }
}

main().then((code) => {
  process.exitCode = code;
});
