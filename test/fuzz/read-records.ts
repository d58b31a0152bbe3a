import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../lib/src/errors";
import { applyMethod } from "../../lib/src/method/apply";
import { readMethod } from "../../lib/src/method/read-method";
import { forgetNotebook, recordMetrics, recordNotebook } from "../../lib/src/notebook/record";
import { studyFolder } from "../../lib/src/project";
import { recordedStudies } from "../../lib/src/runs/recorded";
import { mutateBytes, oneOf } from "./mutations";
import type { FuzzReader } from "./reader";
import { mutateJson } from "./text-mutations";

const METHOD = join(__dirname, "../../notebooks/method.json");

/** The method's file, how it applies in both profiles, and the study that it names. */
export const method: FuzzReader = {
  samples: async () => [{ name: "method.json", bytes: readFileSync(METHOD) }],
  mutate: oneOf(mutateJson, mutateJson, mutateJson, mutateBytes),
  async read(bytes, _, { data, temporary }) {
    mkdirSync(join(data, "golden-triangle"));
    writeFileSync(join(data, "golden-triangle", "study.json"), "{}");
    const path = join(temporary, "method.json");
    writeFileSync(path, bytes);
    const file = readMethod(path);
    for (const profile of ["paper", "smoke"] as const) {
      const { method: applied } = applyMethod(file, { notebook: { profile } });
      if (!Number.isInteger(applied.seed)) return "a seed that is no whole number";
      if (!(applied.patchSize >= 1 && applied.patchSize <= 1000)) return "an odd size of patches";
      const found = studyFolder(data, applied.study);
      if (found !== join(data, "golden-triangle")) return `a study in ${found}`;
    }
    return null;
  },
};

const metric = (value: number, notebook: string) => ({
  ...{ value, interval: [value - 0.1, value + 0.1], n: 9, notebook, profile: "paper", seed: 7 },
});

const trial = { label: "CAE b", seconds: 12.5, fromStore: false };

const RECORDS = {
  "metrics.json": { "auc.all": metric(0.8, "04-roc"), "area.main": metric(0.2, "06-success-rate") },
  "run.json": {
    study: { id: "first", title: "A district", kind: "real", licence: "none", source: "a test" },
    versions: { node: "v20" },
    machine: { cores: 2 },
    inputs: [],
    notebooks: {
      "04-roc": {
        ...{ profile: "paper", parameters: { seed: 7 }, changes: [], backend: { name: "wasm" } },
        ...{ trials: [trial], stored: ["autoencoder/8f3a"] },
        files: ["figures/roc.svg", "tables/roc.csv"],
      },
      "06-success-rate": { profile: "paper", trials: [trial, trial], files: ["maps/areas.gpkg"] },
    },
    durations: { "04-roc": { seconds: 100, status: "ok" } },
  },
};

const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** What notebooks left on record: read for tables, added to, and taken away with its files. */
export const recorded: FuzzReader = {
  samples: async () =>
    Object.entries(RECORDS).map(([name, value]) => ({ name, bytes: Buffer.from(text(value)) })),
  mutate: oneOf(mutateJson, mutateJson, mutateJson, mutateBytes),
  async read(bytes, { name }, { results }) {
    const folder = join(results, "first");
    mkdirSync(join(folder, "figures"), { recursive: true });
    for (const [file, value] of Object.entries(RECORDS)) {
      writeFileSync(join(folder, file), file === name ? bytes : text(value));
    }
    const refusals: InputError[] = [];
    const orRefused = (act: () => void) => {
      try {
        act();
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        refusals.push(error);
      }
    };
    let wrong: string | null = null;
    orRefused(() => {
      wrong = unsoundRecords(results);
    });
    orRefused(() => recordMetrics(folder, { more: { ...metric(1, "08"), interval: [0, 1] } }));
    const record = { ...RECORDS["run.json"].notebooks["04-roc"] };
    const { notebooks: _, ...facts } = RECORDS["run.json"];
    orRefused(() => recordNotebook(folder, "04-roc", facts, record));
    orRefused(() => forgetNotebook(folder, "06-success-rate"));
    orRefused(() => forgetNotebook(folder, "04-roc"));
    if (wrong === null && refusals.length > 0) throw refusals[0];
    return wrong;
  },
};

function unsoundRecords(results: string): string | null {
  for (const { metrics, notebooks, title } of recordedStudies(results, "first", "paper")) {
    if (typeof title !== "string") return "a study without a title";
    const odd = Object.values(metrics).find(({ value }) => !Number.isFinite(value));
    if (odd !== undefined) return "a metric that is no number";
    const seconds = notebooks.flatMap(({ trials }) => trials.map((each) => each.seconds));
    if (!seconds.every(Number.isFinite)) return "a training that took no time";
  }
  return null;
}
