import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { buildStudy } from "../../lib/src/import/build";
import { draftStudy } from "../../lib/src/import/draft";
import { readCommand } from "../../lib/src/import/options";
import type { Ask } from "../../lib/src/import/questions";
import { loadStudy } from "../../lib/src/study/load";

/** Where the tables of samples lie; gone when the process ends. */
export const folder = mkdtempSync(join(tmpdir(), "sample-columns-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

writeFileSync(
  join(folder, "occurrences.csv"),
  "X,Y\n500100,3800100\n504100,3804100\n507100,3807100\n",
);

/** Ten by ten samples a kilometre apart; Au always 1 to 7 ppb, then the columns of a case. */
export function table(
  header: readonly string[],
  cells: (at: number) => readonly (string | number)[],
  delimiter = ",",
): string {
  const rows = Array.from({ length: 100 }, (_, at) =>
    [500_000 + 1000 * (at % 10), 3_800_000 + 1000 * Math.floor(at / 10), 1 + (at % 7), ...cells(at)]
      .map((cell) => (delimiter === ";" ? String(cell).replace(".", ",") : cell))
      .join(delimiter),
  );
  return `${[["X", "Y", "Au_ppb", ...header].join(delimiter), ...rows].join("\n")}\n`;
}

const line = ["own", "--samples", "s.csv", "--occurrences", "occurrences.csv"];

/** A study of a table of samples and three occurrences, as new-study drafts it. */
export async function drafted(text: string | Buffer, options: readonly string[] = [], ask?: Ask) {
  writeFileSync(join(folder, "s.csv"), text);
  const more = ["--commodity", "Au", "--epsg", "32648", ...options];
  return draftStudy("own", readCommand([...line, ...more])!.wishes, folder, ask);
}

let number = 0;

/** Concentrations of the second element as the study has them, sample by sample, and the record. */
export async function made(text: string | Buffer, options: readonly string[] = [], ask?: Ask) {
  const draft = await drafted(text, options, ask);
  const name = `case${number++}`;
  const { check } = await buildStudy(join(folder, "data"), name, draft, {
    ...{ replace: false, draft: false },
  });
  expect(check.faults).toEqual([]);
  const place = join(folder, "data", name);
  const samples = (await loadStudy(place)).samples!;
  const { values, unit } = samples.elements[1];
  const record =
    draft.brought.length === 0 ? [] : JSON.parse(readFileSync(join(place, "brought.json"), "utf8"));
  return { values: [...values], unit, record, notes: draft.notes, folder: place };
}

/** A scripted terminal: answers in turn, and what was asked. */
export function scripted(...answers: string[]) {
  const asked: string[] = [];
  const ask: Ask = async (question) => {
    asked.push(question);
    return answers.shift() ?? "";
  };
  return { ask, asked };
}

/** 2, 2.5, ... 6.5 in turn. */
export const plain = (at: number) => 2 + (at % 10) / 2;
