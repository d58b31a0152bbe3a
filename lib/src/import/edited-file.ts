import Papa from "papaparse";
import { parseTable } from "../formats/csv";
import { decimalNumbers } from "../formats/numbers";
import { textOfUtf16 } from "./bring-table";
import type { Edits } from "./column-edits";
import { elementColumns, ordinalName } from "./element-columns";
import { type BroughtSource, recorded, remade, type SourceFile } from "./source-file";

/**
 * A file of samples with cells written anew, and the record of that. Where no cell is, but some are not
 * read as they stand, the file stays as it is and is recorded all the same.
 */
export function editedFile<T extends BroughtSource>(
  file: T,
  edits: Edits,
  steps: readonly string[],
): T {
  if (steps.length === 0) return file;
  const own = file.bytes.get(file.file) as Buffer;
  const bytes =
    edits.size === 0
      ? null
      : file.format === "csv"
        ? editedTable(own, file.file, edits)
        : editedFeatures(own, edits);
  return { ...(bytes === null ? file : remade(file, bytes)), brought: recorded(file, steps) };
}

/** A text of bytes and how it becomes bytes again; bytes that are no UTF-8 stay what they are. */
function textOf(bytes: Buffer): { readonly text: string; readonly encoding: "utf8" | "latin1" } {
  const text = bytes.toString("utf8");
  if (Buffer.from(text, "utf8").equals(bytes)) {
    return { text: text.replace(/^\uFEFF/, ""), encoding: "utf8" };
  }
  return { text: bytes.toString("latin1"), encoding: "latin1" };
}

function editedTable(bytes: Buffer, file: string, edits: Edits): Buffer {
  const { text, encoding } = textOf(bytes);
  const table = parseTable(text, file, []);
  const { decimalComma } = decimalNumbers(table, [...edits.keys()], file);
  const [header, ...lines] = Papa.parse(text, {
    skipEmptyLines: false,
    delimiter: table.delimiter,
  }).data;
  const changed = header.map((name) => edits.get(name.trim()));
  let row = -1;
  const written = lines.map((cells) => {
    // Blank lines are no rows, and stay so that lines keep their numbers.
    if (cells.length === 1 && cells[0].trim() === "") return cells;
    row += 1;
    return cells.map((cell, at) => {
      const anew = changed[at]?.get(row);
      return anew === undefined ? cell : decimalComma ? anew.replace(".", ",") : anew;
    });
  });
  return Buffer.from(Papa.unparse([header, ...written], { delimiter: table.delimiter }), encoding);
}

function editedFeatures(bytes: Buffer, edits: Edits): Buffer {
  const written = JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")) as {
    readonly features: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  };
  const features = written.features.map((feature, row) => {
    const anew = [...edits].flatMap(([column, cells]) => {
      const text = cells.get(row);
      return text === undefined ? [] : [[column, Number.isNaN(Number(text)) ? text : Number(text)]];
    });
    return { ...feature, properties: { ...feature.properties, ...Object.fromEntries(anew) } };
  });
  return Buffer.from(`${JSON.stringify({ ...written, features })}\n`);
}

/**
 * A table whose columns have names of their own: of two columns of an element with one header, the
 * second is left out where it says the same in every row, and else called by a number, such as Fe_pct_2nd.
 */
export function withColumnsApart(file: SourceFile): BroughtSource {
  const own = { ...file, brought: null, notes: [] };
  const bytes = file.bytes.get(file.file) as Buffer;
  const utf16 = textOfUtf16(bytes);
  const { text, encoding } =
    utf16 === null ? textOf(bytes) : { text: utf16, encoding: "utf8" as const };
  const { delimiter } = parseTable(text, file.file, []);
  const [header, ...lines] = Papa.parse(text, { skipEmptyLines: false, delimiter }).data;
  const names = header.map((name) => name.trim());
  const isAgain = (name: string, at: number) => names.indexOf(name) < at;
  const again = names.flatMap((name, at) =>
    isAgain(name, at) && elementColumns([name], []).length > 0 ? [at] : [],
  );
  if (again.length === 0) return own;
  const same = again.filter((at) =>
    lines.every((cells) => cells[at] === cells[names.indexOf(names[at])]),
  );
  const nameAt = (at: number) => {
    const name = names[at];
    const which = names.slice(0, at + 1).filter((one) => one === name).length;
    return again.includes(at) ? ordinalName(name, which) : name;
  };
  const kept = <T>(cells: readonly T[]) => cells.filter((_, at) => !same.includes(at));
  const written = [kept(names.map((_, at) => nameAt(at))), ...lines.map(kept)];
  const steps = [
    ...(utf16 === null ? [] : ["UTF-16 written as UTF-8"]),
    ...again.map((at) =>
      same.includes(at)
        ? `a second column ${names[at]}, the same in every row, left out`
        : `a second column ${names[at]} called ${nameAt(at)}`,
    ),
  ];
  return {
    ...remade(own, Buffer.from(Papa.unparse(written, { delimiter }), encoding)),
    brought: recorded(own, steps),
    notes: steps.map((step) => `${file.file}: ${step}`),
  };
}

/** A file that was changed once and then perhaps again, with the record of both. */
export function afterwards<T extends BroughtSource>(before: BroughtSource, after: T): T {
  if (before.brought === null) return after;
  const steps = [...before.brought.steps, ...(after.brought?.steps ?? [])];
  const notes = [...before.notes, ...after.notes];
  return { ...after, brought: { ...before.brought, steps }, notes };
}
