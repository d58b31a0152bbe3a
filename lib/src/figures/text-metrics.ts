/// <reference path="./untyped.d.ts" />
import { type Font, openSync } from "fontkit";
import { FONT_FILES } from "./font-files";

const opened = new Map<string, Font>();

/**
 * Width of a line of text in the unit of the font size, kerning included.
 *
 * @param weight "bold" or 600 and above is set in semibold, as the figures do
 */
export function textWidth(text: string, size: number, weight: string | number = "normal"): number {
  const font = openedFont(isBold(weight) ? FONT_FILES.semibold : FONT_FILES.regular);
  return (font.layout(text).advanceWidth / font.unitsPerEm) * size;
}

/** Text broken at spaces into lines no wider than asked; one long word stays whole. */
export function wrappedText(
  text: string,
  width: number,
  size: number,
  weight: string | number = "normal",
): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines[lines.length - 1]} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, weight) <= width) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

function isBold(weight: string | number): boolean {
  return weight === "bold" || Number(weight) >= 600;
}

function openedFont(path: string): Font {
  const known = opened.get(path);
  if (known !== undefined) return known;
  const font = openSync(path);
  opened.set(path, font);
  return font;
}
