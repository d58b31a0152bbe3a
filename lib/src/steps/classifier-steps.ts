import { type ProportionTrial, proportionMetrics, proportionName } from "../findings/proportions";
import { patchGrid } from "../patches/assemble";
import { selectByError } from "../patches/select";
import { tilePatches } from "../patches/tile";
import { classifierTrials, classifyPatches, type SlidingMap } from "../runs/classifier-trial";
import type { AblationSteps } from "./ablation-steps";
import type { ErrorSteps } from "./error-steps";
import type { EvidenceSteps } from "./evidence-steps";
import { CLASSIFIER, classifierOptions } from "./network-options";
import { definer, type StepContext, step } from "./step";
import { classifiers } from "./work";

type Before = Pick<EvidenceSteps, "evidence"> &
  Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "groups">;

/** Steps from labels by the errors to the classifier that learns them, and its maps. */
export function classifierSteps(context: StepContext, before: Before) {
  const define = definer(context);
  const { evidence, patches, autoencoder, groups } = before;

  const selection = define("selection", {
    needs: { autoencoder },
    reads: ["proportion"],
    compute({ from, method }) {
      const [high, low] = method.proportion;
      return selectByError(from.autoencoder.errors, { high, low });
    },
  });
  const classifier = step(context, "classifier", {
    needs: { patches, selection },
    reads: [...CLASSIFIER, "proportion"],
    work: (method) => [classifiers(method, 1, method.proportion)],
    compute: (tasks) =>
      classifierTrials(
        context.run,
        tasks.map(({ from, method }) => ({
          label: `CNN ${proportionName(method.proportion)}`,
          patches: from.patches,
          selection: from.selection,
          options: classifierOptions(method),
          seed: method.seed,
        })),
      ),
  });
  const proportions = define("proportions", {
    needs: { groups },
    asks: [selection, classifier],
    reads: ["proportions", ...CLASSIFIER],
    work: (method) => [classifiers(method, method.proportions.length)],
    async compute({ method, askEach }): Promise<ProportionTrial[]> {
      const shares = method.proportions.map((proportion) => ({ proportion }));
      const selections = await askEach(selection, shares);
      const trials = await askEach(classifier, shares);
      return method.proportions.map((proportion, at) => ({
        label: proportionName(proportion),
        selection: selections[at],
        trial: trials[at],
      }));
    },
    metrics: async (found) => proportionMetrics(found, (await groups())[0]),
  });
  const map = define("map", {
    needs: { patches, classifier },
    reads: [],
    compute: ({ from }) => patchGrid(from.patches, "probability", from.classifier.probabilities),
  });
  const slidingMap = define("slidingMap", {
    needs: { evidence, classifier },
    reads: ["patchSize", "slidingStride"],
    async compute({
      from,
      method: { patchSize: size, slidingStride: stride },
    }): Promise<SlidingMap> {
      const windows = tilePatches(from.evidence.scaled, { size, stride });
      const probabilities = await classifyPatches(from.classifier, windows);
      return { windows, probabilities, grid: patchGrid(windows, "probability", probabilities) };
    },
  });

  return { selection, classifier, proportions, map, slidingMap };
}

/** The same, by name. */
export type ClassifierSteps = ReturnType<typeof classifierSteps>;
