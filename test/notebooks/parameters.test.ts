import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readMethod } from "../../lib/src/method/read-method";
import { readNotebook, sourceOf } from "../../scripts/jupyter/notebook-file";

const folder = join(__dirname, "../../notebooks");
const method = readMethod(join(folder, "method.json"));
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

/** Names of what a notebook's cells take from an object, by property or by unpacking it. */
function taken(source: string, object: string): string[] {
  const properties = [...source.matchAll(new RegExp(`\\b${object}\\.(\\w+)`, "g"))];
  const unpacked = [...source.matchAll(new RegExp(`\\{ ([\\w, ]+) \\} = ${object};`, "g"))];
  const all = [...properties, ...unpacked].flatMap(([, found]) => found.split(/, */));
  return [...new Set(all)].sort();
}

it("the file names every notebook, and the steps and parameters that each asks for", () => {
  expect(Object.keys(method.notebooks).map((id) => `${id}.ipynb`)).toEqual(names.sort());
  for (const name of names) {
    const id = name.replace(".ipynb", "");
    const { cells } = readNotebook(join(folder, name));
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(sourceOf);
    const source = code.join("\n");
    const uses = method.notebooks[id];
    // Steps that come before others, or parameters that come with a step, need no naming.
    expect(
      taken(source, "steps").filter((step) => !uses.includes(step)),
      id,
    ).toEqual([]);
  }
});

it("exercises that have to train are planned with the values that stand in them", () => {
  for (const [id, exercises] of Object.entries(method.exercises)) {
    const { cells } = readNotebook(join(folder, `${id}.ipynb`));
    const asked = cells.map(sourceOf).join("\n").replaceAll(/\s/g, "");
    for (const { step, with: values } of exercises) {
      const said = JSON.stringify(values).replaceAll('"', "");
      expect(asked, `${id}: ${step}`).toContain(`steps.${step}(${said})`);
    }
  }
});

it("no hyperparameter stands in a notebook", () => {
  for (const name of names) {
    const { cells } = readNotebook(join(folder, name));
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(sourceOf);
    expect(code[0], name).toMatch(/openNotebook\("[\w-]+"\);$/);
  }
});

it("profiles differ in nothing but pixels, epochs, repeats, and how many trees, folds, shares, draws, steps, replicas and passes", () => {
  const varied = Object.entries(method.parameters).filter(([, { smoke }]) => smoke !== undefined);
  const keys = varied.map(([key]) => key);
  const counts =
    /coarsening|epochs|repeats|^trees$|^folds$|shares$|draws$|steps$|^ensemble$|passes$/i;
  expect(keys.filter((key) => !counts.test(key))).toEqual([]);
  expect(keys.length).toBeGreaterThan(5);
});
