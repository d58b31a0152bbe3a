import { InputError } from "../errors";
import type { Method, MethodFile, MethodName } from "./parameters";
import { requireValue } from "./value";

/**
 * A value from the text of `--set name=text`: JSON, or words and numbers with commas between them,
 * such as 16,32. One value serves where a list is wanted.
 *
 * @throws InputError when the value is not what the parameter takes
 */
export function valueFromText<K extends MethodName>(
  name: K,
  text: string,
  file: Pick<MethodFile, "parameters" | "file">,
): Method[K] {
  const isList = Array.isArray(file.parameters[name].value);
  const meant = readings(text).filter((value) => !isList || Array.isArray(value));
  const fitting = meant.find((value) => !isRefused(() => requireValue(name, value, file)));
  return requireValue(name, fitting ?? meant[0], file);
}

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof InputError) return true;
    throw error;
  }
}

/** What a text may mean, the likeliest first. */
function readings(text: string): unknown[] {
  const [whole, list] = [jsonOf(text), jsonOf(`[${text}]`)];
  const words = text.split(",").map((word) => jsonOf(word) ?? word.trim());
  const alone = whole ?? (words.length === 1 ? text.trim() : undefined);
  return [alone, list, words].filter((reading) => reading !== undefined);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value as a table or a command line shows it: lists by commas, shares of lists by slashes. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  const isFlat = Array.isArray(value) && value.every((part) => typeof part !== "object");
  if (isFlat) return (value as readonly unknown[]).join(", ");
  return JSON.stringify(value).replaceAll('"', "").replaceAll(",", ", ").replaceAll(":", ": ");
}
