import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FeatureTable } from "../../lib/src/comparators/types";

const folder = join(__dirname, "../reference/comparators");

/** The lines of a table in test/reference/comparators, and the names over them. */
export function readTable(name: string): { names: string[]; rows: number[][] } {
  const [head, ...lines] = readFileSync(join(folder, name), "utf8").trim().split("\n");
  return { names: head.split(","), rows: lines.map((line) => line.split(",").map(Number)) };
}

/** The predictors and labels that R and scikit-learn were given (make-data.py). */
export function readReferenceData(): { table: FeatureTable; labels: Uint8Array } {
  const { names, rows } = readTable("data.csv");
  const values = Float64Array.from(rows.flatMap((row) => row.slice(0, 9)));
  return {
    table: { names: names.slice(0, 9), values },
    labels: Uint8Array.from(rows, (row) => row[9]),
  };
}

/** Numbers of rows from one to before another. */
export function rowsFrom(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
