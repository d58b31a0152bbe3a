import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readNotebook, sourceOf } from "../../scripts/jupyter/notebook-file";
import { libraryPage, publicNames } from "../../scripts/library-page";

const root = join(__dirname, "../..");
const names = publicNames(root);

/** Names that a text takes from the package. */
function imported(text: string): string[] {
  const clauses = [...text.matchAll(/import (?:type )?\{([^}]*)\} from "prospectivity"/g)];
  return clauses.flatMap(([, clause]) =>
    clause.split(",").map(
      (name) =>
        name
          .trim()
          .replace(/^type /, "")
          .split(" as ")[0],
    ),
  );
}

/** What is for the cells and programs that users write: no notebook or script of ours needs it. */
const FOR_USERS = [
  ...["skipped", "isSkipped", "assemblePatches", "pixelFeatures", "precisionRecallCurve"],
  ...["predictionAreaAt", "inverseDistanceAt", "krigingAt", "rasteriseLines", "rocCurves"],
  ...["writeByBlocks", "InputError", "bulkConstants", "isolationScores", "oneClassSvmScores"],
  ...["robustDistances", "rasterTiles"],
];

it("docs/library.md tells of every public name, and of no other", () => {
  expect(readFileSync(join(root, "docs/library.md"), "utf8")).toBe(libraryPage(names));
});

it("every public name has a docstring", () => {
  expect(names.filter(({ summary }) => summary.length < 12)).toEqual([]);
  expect(names.length).toBeGreaterThan(100);
});

it("the index holds what notebooks, scripts and tests take from the package, and nothing else", () => {
  const notebooks = readdirSync(join(root, "notebooks"), {
    recursive: true,
    encoding: "utf8",
  }).filter((name) => name.endsWith(".ipynb"));
  const cells = notebooks.flatMap((name) =>
    readNotebook(join(root, "notebooks", name)).cells.map(sourceOf),
  );
  const folders = ["scripts", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(root, folder, name), "utf8")),
  );
  const taken = new Set([...cells, ...folders].flatMap(imported));
  const idle = names.filter(({ name, isType }) => !isType && !taken.has(name));
  expect(idle.map(({ name }) => name).filter((name) => !FOR_USERS.includes(name))).toEqual([]);
});
