import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { InputError } from "../errors";
import { isTooDeep, TOO_DEEP } from "../json";

/**
 * What a manifest's text says: JSON, in which comments may stand (two slashes to the end of a
 * line, or between slash-asterisk and asterisk-slash).
 *
 * @param file how errors name it
 * @throws InputError naming line and column of the first thing that is no JSON
 */
export function manifestJson(text: string, file: string): unknown {
  const errors: ParseError[] = [];
  const plain = text.replace(/^\uFEFF/, "");
  if (isTooDeep(plain)) {
    throw new InputError({
      kind: "manifest",
      file,
      found: TOO_DEEP,
      expected: "a study's manifest",
    });
  }
  const value: unknown = parse(plain, errors);
  if (errors.length === 0) return value;
  const [{ error, offset }] = errors;
  const before = plain.slice(0, offset).split("\n");
  const code = printParseErrorCode(error);
  throw new InputError({
    kind: "manifest",
    file,
    field: `line ${before.length}, column ${before[before.length - 1].length + 1}`,
    found: code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase(),
    expected: "JSON, with or without comments",
  });
}

/** A manifest's text with other checksums, everything else as it stands, comments too. */
export function withChecksums(text: string, sums: ReadonlyMap<string, string>): string {
  let changed = text;
  for (const [path, sum] of sums) {
    changed = applyEdits(changed, modify(changed, ["files", path], sum, {}));
  }
  return changed;
}
