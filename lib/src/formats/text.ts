import { InputError } from "../errors";
import type { TextEncoding } from "../manifest/sources";

/**
 * The text of a file.
 *
 * @throws InputError when its bytes are none of the encoding, naming the line
 */
export function decodedText(
  bytes: Uint8Array,
  file: string,
  encoding: TextEncoding = "utf-8",
): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const utf16 = bytes[0] === 0xff || bytes[0] === 0xfe;
    throw new InputError({
      kind: "format",
      file,
      field: `line ${firstWrongLine(bytes)}`,
      found: utf16 ? "UTF-16" : "bytes that are no UTF-8",
      expected: `text in ${encoding}`,
      remedy: utf16
        ? "Save it as UTF-8."
        : 'Save it as UTF-8, or give "encoding": "windows-1252" (Latin 1) at the file in study.json.',
    });
  }
}

function firstWrongLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return line;
}
