import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "../reference/evidence");

/** Numbers that a reference tool recorded, by name. */
export function referenceNumbers(file: string): Record<string, number[]> {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}

/** Places and columns of a CSV of samples. */
export function samplesOf(file: string, [x, y]: readonly [string, string], names: string[]) {
  const [header, ...rows] = readFileSync(join(folder, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const column = (name: string) => rows.map((row) => Number(row[header.indexOf(name)]));
  return { eastings: column(x), northings: column(y), columns: names.map(column) };
}

/** Root of the mean squared difference. */
export function rmse(predicted: ArrayLike<number>, values: readonly number[]): number {
  const squares = values.map((value, at) => (predicted[at] - value) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
