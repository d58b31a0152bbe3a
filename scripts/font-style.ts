import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(__filename);

/**
 * Source Sans 3 as the figures are set in it, in the pieces that browsers need for Latin and Greek;
 * characters beyond them come from the reader's system.
 */
export function fontStyle(): string {
  const pieces = ["latin", "greek"].flatMap((subset) =>
    [400, 600].map((weight) => ({ subset, weight })),
  );
  const ranges: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(require.resolve("@fontsource/source-sans-3/unicode.json"), "utf8"),
  );
  return pieces
    .map(({ subset, weight }) => {
      const file = `@fontsource/source-sans-3/files/source-sans-3-${subset}-${weight}-normal.woff2`;
      const data = readFileSync(require.resolve(file)).toString("base64");
      return `@font-face { font-family: "Source Sans 3"; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) format("woff2"); unicode-range: ${ranges[subset]}; }\n`;
    })
    .join("");
}
