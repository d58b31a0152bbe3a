import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  applyMethod,
  loadStudy,
  openRunStore,
  publishedStudy,
  readMethod,
  type Stability,
  stabilityNumbers,
  studySteps,
  useBackend,
} from "prospectivity";
import { writeWhole } from "../lib/src/files";
import { runCommand } from "./command";

const root = resolve(__dirname, "..");

const usage = `npm run choose-network -- [options]

What the paper leaves open of the auto-encoder, compared by what needs no occurrence: how alike error
maps are when the seed, the architecture, the epochs or one layer changes (Tables 2 and 3). No score
of occurrences is computed, and none is read.

  --study NAME[,NAME]   studies; golden-triangle and hezuo-synthetic without it
  --ablations           leaves out each layer in turn too (Table 3), which takes three times as long
  --only 8/4,16/8       candidates whose name begins so; all without it
  --out FILE            a Markdown table; printed without it`;

/** A setting of what the paper leaves open. */
interface Candidate {
  readonly name: string;
  readonly filters: readonly [number, number];
  readonly learningRate: number;
  readonly percentiles: readonly [number, number];
}

const plain = { learningRate: 0.001, percentiles: [0, 100] } as const;
const CANDIDATES: readonly Candidate[] = [
  ...(
    [
      [32, 64],
      [32, 16],
      [16, 8],
      [16, 4],
      [8, 8],
      [8, 4],
    ] as const
  ).map((filters) => ({ name: filters.join("/"), filters, ...plain })),
  ...([0.0005, 0.0002] as const).map((learningRate) => ({
    ...({ name: `8/4, rate ${learningRate}`, filters: [8, 4], ...plain } as const),
    learningRate,
  })),
  { name: "8/4, percentiles 2 to 98", filters: [8, 4], ...plain, percentiles: [2, 98] },
];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      study: { type: "string", default: "golden-triangle,hezuo-synthetic" },
      ablations: { type: "boolean", default: false },
      only: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const wanted = values.only?.split(",");
  const candidates = CANDIDATES.filter(
    ({ name }) => wanted?.some((start) => name.startsWith(start)) ?? true,
  );
  const file = readMethod(join(root, "notebooks", "method.json"));
  const run = {
    store: openRunStore(join(root, "results", ".runs")),
    seed: file.parameters.seed.value as number,
    backend: await useBackend(),
    progress: () => ({ update: () => undefined, finish: () => undefined }),
    onTrial: () => undefined,
  };
  const rows: string[] = [];
  for (const name of values.study.split(",")) {
    const study = await loadStudy(join(root, "data", name));
    for (const { name: candidate, ...network } of candidates) {
      const { method } = applyMethod(file, { notebook: { profile: "paper", ...network } });
      const steps = studySteps({ study, run, method, file });
      const found = await stabilityNumbers(steps, values.ablations);
      rows.push(rowOf(name, candidate, found));
      console.log(rows[rows.length - 1]);
    }
  }
  const text = `${[HEADER, RULE, ...rows].join("\n")}\n`;
  if (values.out !== undefined) writeWhole(resolve(values.out), text);
}

const HEADER =
  "| study | network | seeds | reduced, 20 | reduced, 100 | 20, 100 | least ablation | mean ablation | from Tables 2 and 3 |";
const RULE = "| --- | --- | --- | --- | --- | --- | --- | --- | --- |";

function rowOf(study: string, candidate: string, found: Stability): string {
  const { seeds, reducedAndBase, reducedAndLong, baseAndLong } = found;
  const ablations = Object.values(found.ablations);
  const mean = ablations.reduce((sum, value) => sum + value, 0) / ablations.length;
  const cells = [seeds, reducedAndBase, reducedAndLong, baseAndLong].map((value) =>
    value.toFixed(3),
  );
  const apart = differenceFromPublished(found).toFixed(3);
  const left =
    ablations.length === 0 ? ["", ""] : [Math.min(...ablations).toFixed(3), mean.toFixed(3)];
  return `| ${[study, candidate, ...cells, ...left, apart].join(" | ")} |`;
}

/** Mean absolute difference of the correlations from the published ones of the same name. */
function differenceFromPublished(found: Stability): number {
  const { table2CaeStability: two, table3ChannelAblation: three } = publishedStudy();
  const { matrix, withoutChannel } = three;
  const withAll = matrix[matrix.length - 1];
  const differences = [
    found.reducedAndBase - two.matrix[0][1],
    found.reducedAndLong - two.matrix[0][2],
    found.baseAndLong - two.matrix[1][2],
    ...Object.entries(found.ablations).flatMap(([band, value]) => {
      const at = withoutChannel.indexOf(band);
      return at < 0 ? [] : [value - withAll[at]];
    }),
  ];
  return differences.reduce((sum, value) => sum + Math.abs(value), 0) / differences.length;
}

runCommand(main);
