import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  applyMethod,
  bandsForScorer,
  loadStudy,
  type Method,
  openGeoTiff,
  openRunStore,
  type Patches,
  type ProgressReport,
  readMethod,
  scoreRaster,
  studyScorer,
  studySteps,
  useBackend,
} from "prospectivity";
import { storeFolder } from "../lib/src/method/variant-files";
import { projectFolders, studyFolder } from "../lib/src/project";
import { readRun } from "../lib/src/runs/record-files";
import { fromCaller } from "./command";

const root = resolve(__dirname, "..");
const notebook = "07-prospectivity-map";

const usage = `npm run score -- FILE.tif --study NAME [options]

Scores a raster of any extent with the network that made a study's map. Its bands hold the study's
evidence layers in their own units; they are scaled by the ranges of the study's evidence, not by
the raster's own, and what lies beyond is clipped.

  --by probability|error   the classifier's, or the auto-encoder's error; probability without it
  --bands 3,1,2            numbers of the bands in the order of the study's layers; by name without it
  --stride N               pixels from one patch to the next; a patch without it
  --results FOLDER         where the study's notebooks left theirs, such as results/variants/wide;
                           results without it
  --out FILE               the map; FILE-score.tif without it`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      study: { type: "string" },
      by: { type: "string", default: "probability" },
      bands: { type: "string" },
      stride: { type: "string" },
      results: { type: "string", default: "results" },
      out: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const [given] = positionals;
  const { study: name, by } = values;
  if (given === undefined || name === undefined) throw refused("expected a file and --study NAME");
  if (by !== "probability" && by !== "error") throw refused(`--by ${by}`);
  const path = fromCaller(given);
  const output = fromCaller(values.out ?? `${given.replace(/\.tiff?$/i, "")}-score.tif`);
  if (output === path) throw refused("--out is the raster itself");
  const results = resolve(root, values.results);
  const file = readMethod(join(root, "notebooks", "method.json"));
  const recorded = parametersOf(join(results, name), name);
  const { method } = applyMethod(file, { notebook: recorded });
  const study = await loadStudy(studyFolder(projectFolders(root).data, name));
  const run = {
    store: openRunStore(storeFolder(results)),
    seed: method.seed,
    backend: await useBackend(),
    progress: progressLine,
    onTrial: () => undefined,
  };
  const scorer = await studyScorer(studySteps({ study, run, method, file }), by);
  const raster = await openGeoTiff(path);
  let [taken, atEnds] = [0, 0];
  const { scored, leftOut } = await scoreRaster(raster, output, {
    ...scorer,
    bands: bandsForScorer(raster, scorer, values.bands?.split(",").map(Number)),
    ...(values.stride === undefined ? {} : { stride: Number(values.stride) }),
    progress: progressLine("score"),
    score: (patches: Patches) => {
      for (const value of patches.values) if (value <= 0 || value >= 1) atEnds++;
      taken += patches.values.length;
      return scorer.score(patches);
    },
    provenance: {
      ...{ study: study.id, kind: study.kind, profile: method.profile, raster: given },
      ...{ seed: String(method.seed), ranges: `of the evidence of ${study.id}` },
    },
  });
  raster.close();
  scorer.dispose();
  console.log(`${output}: ${scorer.name}, ${scored} patches, ${leftOut} with nodata left out`);
  console.log(
    `scaled by the ranges of ${study.id} (${study.kind}, profile ${method.profile}), not by its own: ${((100 * atEnds) / Math.max(1, taken)).toFixed(1)} % of the values lie at an end of them or beyond`,
  );
}

/** The parameters as they applied when the map was made. */
function parametersOf(folder: string, name: string): Partial<Method> {
  const parameters = readRun(folder)?.notebooks?.[notebook]?.parameters;
  if (parameters !== undefined) return parameters as Partial<Method>;
  throw refused(
    `${join(folder, "run.json")} holds no ${notebook}; npm run study -- --study ${name} --only 07 makes it`,
  );
}

function progressLine(label: string): ProgressReport {
  const say = (text: string) =>
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[2K${label}: ${text}` : "");
  return { update: say, finish: (text) => console.error(`${label}: ${text}`) };
}

function refused(why: string): Error {
  return new Error(`${why}.\n\n${usage}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
