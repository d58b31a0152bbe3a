import { InputError } from "../errors";
import { bringFeatures } from "./bring-features";
import { bringTable, UNUSABLE_ROWS } from "./bring-table";
import { afterwards, withColumnsApart } from "./edited-file";
import type { Ask } from "./questions";
import { type BroughtSource, kindOf, sourceFile } from "./source-file";
import type { Wishes } from "./wishes";

/**
 * Opens a file for a study. Rows of a table that cannot be used are refused, or left out where an
 * option or an answer at the terminal says so.
 *
 * @param ask null where there is nobody to answer
 * @throws InputError when it cannot be read, or rows of it cannot be used
 */
export async function openedFile(
  path: string,
  folder: string,
  { crsOf, coordinatesOf, skipRows }: Wishes,
  ask: Ask | null,
): Promise<BroughtSource> {
  if (kindOf(path) !== "csv") return bringFeatures(path, folder, crsOf);
  const file = withColumnsApart(sourceFile(path, folder, crsOf));
  const coordinates = coordinatesOf.get(file.given);
  const table = (most: number) =>
    afterwards(file, bringTable(file, { skipRows: most, coordinates }));
  try {
    return table(skipRows);
  } catch (error) {
    const isOfRows = error instanceof InputError && error.details.field === UNUSABLE_ROWS;
    if (!isOfRows || ask === null) throw error;
    if (!(await isAgreed(`${error.message}\nLeave these rows out? (y/N) `, ask))) throw error;
    return table(Number.POSITIVE_INFINITY);
  }
}

/** Whether a question is answered by yes; anything else is no. */
export async function isAgreed(question: string, ask: Ask): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(question)).trim());
}
