import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { methodSurvey } from "../../lib/src/published/method-survey";
import { syntheticSurvey } from "../../lib/src/published/synthetic-survey";
import { refusalOf } from "../support/refusal";

const root = join(__dirname, "../..");
const published = join("data", "published");
const here = process.cwd();
let project: string;

/** A project that holds nothing but the shipped surveys. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "surveys-"));
  mkdirSync(join(project, "lib"));
  writeFileSync(join(project, "lib", "package.json"), "{}");
  cpSync(join(root, published), join(project, published), { recursive: true });
  process.chdir(project);
});

afterEach(() => {
  process.chdir(here);
  rmSync(project, { recursive: true });
});

const edit = (name: string, change: (text: string) => string) => {
  const path = join(project, published, name);
  writeFileSync(path, change(readFileSync(path, "utf8")));
};

describe("surveys over generated districts", () => {
  it("are read as they are shipped, to the last field", () => {
    const shipped = (name: string) => JSON.parse(readFileSync(join(root, published, name), "utf8"));
    expect(methodSurvey()).toEqual(shipped("method-survey.json"));
    expect(syntheticSurvey()).toEqual(shipped("synthetic-survey.json"));
  });

  it("are refused with file, field and remedy where they hold anything else", async () => {
    edit("method-survey.json", (text) => text.replace(/"isTold": ?true/, '"isTold": "yes"'));
    expect(await refusalOf(methodSurvey)).toMatchObject({
      ...{ kind: "format", field: expect.stringMatching(/^methods\.\d+\.isTold$/) },
      file: expect.stringContaining("method-survey.json"),
      remedy: expect.stringContaining("npm run synthetic -- --survey 20 --methods"),
    });
    edit("synthetic-survey.json", (text) => text.replace('"anywhereAuc"', '"anywhere"'));
    expect(await refusalOf(syntheticSurvey)).toMatchObject({ field: "anywhereAuc" });
  });

  it("are refused where they are cut short, and where one that is shipped is missing", async () => {
    for (const name of ["method-survey.json", "synthetic-survey.json"]) {
      edit(name, (text) => text.slice(0, text.length / 2));
    }
    expect(await refusalOf(methodSurvey)).toMatchObject({ kind: "format" });
    expect(await refusalOf(syntheticSurvey)).toMatchObject({ kind: "format" });
    rmSync(join(project, published, "synthetic-survey.json"));
    expect(await refusalOf(syntheticSurvey)).toMatchObject({ kind: "missing-file" });
    rmSync(join(project, published, "method-survey.json"));
    expect(methodSurvey()).toHaveProperty("because");
  });
});
