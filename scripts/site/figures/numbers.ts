import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../../lib/src/errors";
import type { Measured, Metrics } from "../../../lib/src/findings/measured";
import { readMetrics } from "../../../lib/src/runs/record-files";

/** Rows of the README's table: what each number is, and its key in metrics.json. */
const ROWS = [
  ["Auto-encoder's error", "cae.error.auc.all"],
  ["the same, near occurrences only", "roc.near.caeError.auc"],
  ["PCA error, no network", "baseline.pcaError.auc"],
  ["Best single map", "baseline.bestLayer.auc"],
  ["CNN, ground held out", "methods.cnn.outOfFold.auc"],
  ["Random forest, ground held out", "methods.rf.outOfFold.auc"],
] as const;

/** The numbers of a district that the table shows, by their keys in metrics.json. */
export interface DistrictNumbers {
  readonly study: string;
  readonly name: string;
  readonly kind: "real" | "synthetic";
  readonly metrics: Metrics;
}

/** What the table takes of a run's metrics, to four decimals. */
export function tableMetrics(metrics: Metrics): Metrics {
  const short = (value: number) => Math.round(value * 1e4) / 1e4;
  const found = ROWS.flatMap(([, key]) => {
    const each: Measured | undefined = metrics[key];
    if (each === undefined) return [];
    const { value, interval, n } = each;
    const [low, high] = interval ?? [];
    const kept = {
      value: short(value),
      ...(low !== undefined &&
        high !== undefined && { interval: [short(low), short(high)] as const }),
      ...(n !== undefined && { n }),
    };
    return [[key, kept] as const];
  });
  return Object.fromEntries(found);
}

export const numbersPath = (root: string) => join(root, "docs", "figures", "numbers.json");

/** The kept numbers of the README's table. */
export function keptNumbers(root: string): readonly DistrictNumbers[] {
  return JSON.parse(readFileSync(numbersPath(root), "utf8"));
}

/** The README's table: AUC with its 95 % interval, a column a district; a dash where there is none. */
export function numbersTable(numbers: readonly DistrictNumbers[]): string {
  const count = ({ metrics }: DistrictNumbers) => metrics["cae.error.auc.all"]?.n;
  const heads = numbers.map((each) => {
    const known = count(each) === undefined ? "" : ` (n = ${count(each)})`;
    return `${each.name}, **${each.kind}**${known}`;
  });
  const rows = ROWS.map(([what, key]) => {
    const cells = numbers.map(({ metrics }) => cellText(metrics[key]));
    return `| ${[what, ...cells].join(" | ")} |`;
  });
  return [
    `| ${["AUC (95 % interval)", ...heads].join(" | ")} |`,
    `| ${["AUC", ...heads].map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
}

function cellText(found: Measured | undefined): string {
  if (found === undefined) return "–";
  const { value, interval } = found;
  const range = interval?.map((bound) => bound.toFixed(2)).join(" to ");
  return `${value.toFixed(2)}${range === undefined ? "" : ` (${range})`}`;
}

const START = "<!-- numbers: npm run figures writes this table -->";
const END = "<!-- end of numbers -->";

/** A text with the table between its two marks. */
export function withTable(text: string, numbers: readonly DistrictNumbers[]): string {
  const [before, , after] = [text.split(START)[0], "", text.split(END)[1]];
  if (after === undefined || before === text) throw new Error(`The text lacks ${START} or ${END}`);
  return `${before}${START}\n\n${numbersTable(numbers)}\n\n${END}${after}`;
}

/**
 * Refuses kept numbers that are not those of the executed notebooks, and a README without them.
 *
 * @throws InputError that names the file
 */
export function requireNumbers(root: string, results: string): void {
  const kept = keptNumbers(root);
  const now = kept.map((each) => ({
    ...each,
    metrics: tableMetrics(readMetrics(join(results, each.study))),
  }));
  if (JSON.stringify(kept) !== JSON.stringify(now)) throw olderNumbers(numbersPath(root));
  const readme = join(root, "README.md");
  if (!readFileSync(readme, "utf8").includes(numbersTable(kept))) throw olderNumbers(readme);
}

function olderNumbers(file: string): InputError {
  return new InputError({
    kind: "checksum",
    file,
    found: "other numbers than the results have",
    expected: "those of metrics.json",
    remedy: "Run npm run figures, read the table, and commit it.",
  });
}
