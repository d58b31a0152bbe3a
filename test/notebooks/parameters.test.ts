import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { notebookParameters } from "../../scripts/jupyter/notebook-parameters";

const folder = join(__dirname, "../../notebooks");

const parametersOf = (name: string) => notebookParameters(join(folder, name));

it("notebooks agree on every parameter that they share, so that later ones find earlier work", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const first = new Map<string, { name: string; value: unknown }>();
  for (const name of names) {
    for (const [key, value] of Object.entries(parametersOf(name))) {
      const known = first.get(key);
      if (known === undefined) first.set(key, { name, value });
      else expect({ name, [key]: value }).toEqual({ name, [key]: known.value });
    }
  }
  expect(first.size).toBeGreaterThan(12);
  expect(names.length).toBeGreaterThan(7);
});

it("profiles differ in nothing but pixels, epochs, repeats, and counts of trees and folds", () => {
  const varied = readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .flatMap((name) => Object.entries(parametersOf(name)))
    .filter(([, value]) => typeof value === "object" && value !== null && "smoke" in value)
    .map(([key]) => key);
  expect(
    [...new Set(varied)].filter((key) => !/coarsening|epochs|repeats|^trees$|^folds$/i.test(key)),
  ).toEqual([]);
});
