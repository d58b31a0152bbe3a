import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { publicNames } from "../../scripts/library-page";
import { declarationIn } from "../../scripts/site/library/declarations";
import { docstring } from "../../scripts/site/library/docstring";
import { libraryReference } from "../../scripts/site/library/reference";
import { pageLinks } from "../../scripts/site/linked";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "library-"));

afterAll(() => rmSync(folder, { recursive: true }));

describe("a docstring", () => {
  it("is taken apart by its tags", () => {
    const comment = `/**
   * Scores patches, high where rare.
   *
   * - a list
   *
   * @param scores one a patch,
   *   NaN where there is none
   * @param seed any
   * @returns shares of 0 to 1
   * @throws InputError when there are none
   */`;
    expect(docstring(comment)).toEqual({
      text: "Scores patches, high where rare.\n\n- a list",
      parameters: [
        { name: "scores", text: "one a patch,\n  NaN where there is none" },
        { name: "seed", text: "any" },
      ],
      returns: "shares of 0 to 1",
      throws: ["InputError when there are none"],
    });
    expect(docstring("/** One line. */").text).toBe("One line.");
  });
});

describe("a declaration", () => {
  const path = join(folder, "a.ts");
  writeFileSync(join(folder, "b.ts"), "export interface Options { readonly seed: number }");
  writeFileSync(
    path,
    `import type { Options } from "./b";
import type { Elsewhere } from "elsewhere";
// not this
/** A sum. */
export function sum(values: readonly number[], options: Options): Total {
  const hidden: Secret = 1;
  return { total: hidden };
}
interface Total { readonly total: number }
type Secret = number;
/** Twice. */
export const twice = (value: number): number => 2 * value;
export const LIMIT = 3;
/** A fault. */
export class Fault extends Error {
  readonly why: string;
  constructor(why: string) { super(why); this.why = why; }
}
`,
  );

  it("of a function is how it is called, with the types that it names and nothing inside", () => {
    expect(declarationIn(path, "sum")).toEqual({
      comment: "/** A sum. */",
      code: "function sum(values: readonly number[], options: Options): Total;",
      named: [
        { name: "Options", path: join(folder, "b.ts") },
        { name: "Total", path },
      ],
    });
  });

  it("of values, classes and types is what can be seen from outside", () => {
    expect(declarationIn(path, "twice")?.code).toBe(
      "const twice = (value: number): number => ...;",
    );
    expect(declarationIn(path, "LIMIT")?.code).toBe("const LIMIT = 3;");
    expect(declarationIn(path, "Fault")?.code).toBe(
      "class Fault extends Error {\n  readonly why: string;\n  constructor(why: string);\n}",
    );
    expect(declarationIn(path, "Total")?.code).toBe("interface Total { readonly total: number }");
    expect(declarationIn(path, "Missing")).toBe(null);
  });
});

describe("the reference", () => {
  const { html } = libraryReference(root, "");
  const names = publicNames(root).map(({ name }) => name);

  it("tells of every public name once, and of no other", () => {
    const told = [...html.matchAll(/<article class="name" id="(\w+)">/g)].map(([, name]) => name);
    expect([...told].sort()).toEqual([...names].sort());
    const ids = html.match(/ id="/g) ?? [];
    expect(pageLinks(html).ids.size).toBe(ids.length);
  });

  it("has the words of docstrings with shapes, units and errors, and types that are not public", () => {
    expect(html).toContain("Throws</dt><dd><p>InputError");
    const neighbours = html.slice(html.indexOf('id="neighbourDistances"'));
    const entry = neighbours.slice(0, neighbours.indexOf("</article>"));
    expect(entry).toMatch(/features brought to\s+mean 0 and deviation 1/);
    expect(entry).toMatch(/<details><summary><code>\w+<\/code>/);
  });
});
