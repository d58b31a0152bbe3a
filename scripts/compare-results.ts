import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { readMetrics } from "../lib/src/runs/record-files";
import type { Metric } from "../lib/src/runs/recorded";

const usage = `npm run compare-results -- A B

Compares two results folders: every metric of every study to the last digit, its interval and count,
and which tables differ. Says what is in one of them alone, and ends with 1 where metrics differ.`;

/** What two results folders say differently of one study. */
export interface Differences {
  readonly study: string;
  /** Metrics that both have. */
  readonly compared: number;
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  readonly metrics: readonly {
    readonly key: string;
    readonly first: string;
    readonly second: string;
  }[];
  /** Tables of both whose text differs. */
  readonly tables: readonly string[];
  readonly tablesCompared: number;
}

/** Compares the studies that both folders hold. */
export function compareResults(first: string, second: string): Differences[] {
  const studies = readdirSync(first).filter(
    (name) => hasMetrics(first, name) && hasMetrics(second, name),
  );
  return studies.sort().map((study) => {
    const [one, other] = [first, second].map((folder) => metricsOf(join(folder, study)));
    const shared = Object.keys(one).filter((key) => key in other);
    const [tables, others] = [first, second].map((folder) =>
      tablesOf(join(folder, study, "tables")),
    );
    const sharedTables = tables.filter((name) => others.includes(name));
    return {
      study,
      compared: shared.length,
      onlyFirst: Object.keys(one).filter((key) => !(key in other)),
      onlySecond: Object.keys(other).filter((key) => !(key in one)),
      metrics: shared
        .map((key) => ({ key, first: textOf(one[key]), second: textOf(other[key]) }))
        .filter((pair) => pair.first !== pair.second),
      tables: sharedTables.filter((name) => {
        const [text, otherText] = [first, second].map((folder) =>
          readFileSync(join(folder, study, "tables", name), "utf8"),
        );
        return text !== otherText;
      }),
      tablesCompared: sharedTables.length,
    };
  });
}

function hasMetrics(folder: string, study: string): boolean {
  return existsSync(join(folder, study, "metrics.json"));
}

function metricsOf(folder: string): { [key: string]: Metric } {
  return readMetrics(folder);
}

function tablesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** What a metric says, with all its digits. */
function textOf({ value, interval, n, notebook }: Metric): string {
  const bounds = interval === undefined ? "" : ` (${interval.join(" to ")})`;
  return `${value}${bounds}${n === undefined ? "" : `, n ${n}`}, ${notebook}`;
}

/** The differences in lines; a single one where there are none. */
export function differenceLines(differences: Differences): string[] {
  const { study, compared, onlyFirst, onlySecond, metrics, tables, tablesCompared } = differences;
  const summary = `${study}: ${compared} metrics compared, ${metrics.length} differ; ${tablesCompared} tables compared, ${tables.length} differ`;
  return [
    summary,
    ...onlyFirst.map((key) => `  only in the first: ${key}`),
    ...onlySecond.map((key) => `  only in the second: ${key}`),
    ...metrics.map(({ key, first, second }) => `  ${key}: ${first} | ${second}`),
    ...tables.map((name) => `  table ${name} differs`),
  ];
}

function main(): void {
  const folders = process.argv.slice(2);
  if (folders.length !== 2 || folders.some((folder) => !existsSync(folder))) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const [first, second] = folders.map((folder) => resolve(folder));
  const found = compareResults(first, second);
  for (const differences of found) console.log(differenceLines(differences).join("\n"));
  if (found.length === 0) console.error("The two folders share no study.");
  const isSame = ({ metrics, onlyFirst, onlySecond }: Differences) =>
    metrics.length + onlyFirst.length + onlySecond.length === 0;
  if (found.length === 0 || !found.every(isSame)) process.exitCode = 1;
}

if (require.main === module) main();
