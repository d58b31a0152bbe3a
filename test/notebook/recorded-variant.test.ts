import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { readMethod } from "../../lib/src/method/read-method";
import { keepVariant } from "../../lib/src/method/variant-files";
import { recordedVariant, requireOneProfile } from "../../lib/src/notebook/recorded-variant";
import { recordedParameters } from "../../lib/src/runs/recorded-parameters";

const file = readMethod(join(__dirname, "../../notebooks/method.json"));
const known = ["made", "other"];
const map = "07-prospectivity-map";
let results: string;

interface Ran {
  readonly parameters?: object;
  readonly durations?: object;
  readonly metrics?: object;
}

/** Leaves what notebook 07 leaves of a study, or part of it. */
function ran(folder: string, study: string, { parameters, durations, metrics }: Ran = {}): void {
  const own = join(folder, study);
  mkdirSync(own, { recursive: true });
  const used = { profile: "paper", seed: 20201204, epochs: 20, ...parameters };
  const run = {
    study: { id: study, title: study, kind: "real" },
    notebooks: { [map]: { parameters: used, trials: [] } },
    durations: durations ?? { [map]: { seconds: 3, status: "ok" } },
  };
  writeFileSync(join(own, "run.json"), JSON.stringify(run));
  const kept = { value: 0.1, notebook: map, profile: used.profile, seed: 1 };
  writeFileSync(
    join(own, "metrics.json"),
    JSON.stringify(metrics ?? { "map.areaShareAtThreshold": kept, "map.newAreaShare": kept }),
  );
}

beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), "recorded-"));
});

const recorded = (name: string, study = "made") =>
  recordedVariant(results, name, study, { file, known });

it("has the parameters as they applied, those that no notebook used as method.json has them", () => {
  ran(results, "made", { parameters: { epochs: 7 } });
  const found = recorded("default");
  expect(found.method).toMatchObject({ study: "made", epochs: 7, pcaVarianceShare: 0.9 });
  expect(found.changes).toMatchObject([{ name: "epochs", from: 20, to: 7 }]);
  expect(found.notebooks).toEqual([{ id: map, trials: [], seconds: 3 }]);
});

it("has of a variant what it sets, also where no notebook used it", () => {
  const settings = { pcaVarianceShare: 0.5, epochs: 9 };
  const folder = keepVariant(results, { name: "wide", profile: "paper", settings });
  ran(folder, "made", { parameters: { epochs: 9 } });
  expect(recorded("wide").method).toMatchObject({ pcaVarianceShare: 0.5, epochs: 9 });
});

it("is refused where there is none of that name, or it has run on another study", () => {
  const folder = keepVariant(results, { name: "wide", profile: "paper", settings: { epochs: 9 } });
  expect(() => recorded("wise")).toThrow(
    /found "wise"; expected one of those there are: wide, def/,
  );
  ran(folder, "other");
  expect(() => recorded("wide")).toThrow(
    /variant wide: found results of other; expected results of made. npm run study -- --name wide --study made makes them/,
  );
  expect(() => recorded("default")).toThrow(/found results of no study/);
});

it("is refused half-run: without notebook 07, with one that failed, or that was killed on its way", () => {
  ran(results, "made", { metrics: {}, durations: {} });
  expect(() => recorded("default")).toThrow(
    /07-prospectivity-map has not run to its end; expected its maps, whole. npm run study -- --study made --only 07/,
  );
  ran(results, "made", { durations: { [map]: { seconds: 1, status: "failed" } } });
  expect(() => recorded("default")).toThrow(/has not run to its end/);
  ran(results, "made", { metrics: {} });
  rmSync(join(results, "made", "run.json"));
  const notebooks = { "02-cae-variants": { trials: [] } };
  writeFileSync(join(results, "made", "run.json"), JSON.stringify({ notebooks }));
  expect(() => recorded("default")).toThrow(/notebook 07-prospectivity-map has not run; expected/);
});

it("is refused when its notebooks ran with different parameters, which are named", () => {
  const notebooks = {
    "02-cae-variants": { parameters: { epochs: 50, filters: [8, 4] } },
    [map]: { parameters: { epochs: 20, filters: [8, 4] } },
  };
  expect(() => recordedParameters(notebooks, "run.json")).toThrow(
    /run.json, epochs: found 50 in 02-cae-variants and 20 in 07-prospectivity-map; expected one value/,
  );
  expect(recordedParameters({ "02": { parameters: { epochs: 5 } }, "03": {} }, "")).toEqual({
    epochs: 5,
  });
});

it("of two profiles cannot be laid side by side", () => {
  ran(results, "made");
  const folder = keepVariant(results, { name: "quick", profile: "smoke", settings: { seed: 7 } });
  ran(folder, "made", { parameters: { profile: "smoke", seed: 7 } });
  const both = [recorded("default"), recorded("quick")];
  expect(() => requireOneProfile(both)).toThrow(/found default of paper, quick of smoke; expected/);
  expect(() => requireOneProfile(both.slice(0, 1))).not.toThrow();
});
