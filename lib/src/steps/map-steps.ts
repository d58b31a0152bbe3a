import { patchFeatures } from "../comparators/features";
import { targetDrivers } from "../evaluation/target-drivers";
import { captureMetrics, captureOf, newGroundMetrics, newGroundOf } from "../findings/capture";
import { type Targets, targetMetrics, targetsOn } from "../findings/targets";
import { reconstructionErrorsByBand } from "../runs/band-errors";
import { randomForestTrial } from "../runs/comparator-trial";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { ErrorSteps } from "./error-steps";
import type { JudgementSteps } from "./judgement-steps";
import { definer, type StepContext } from "./step";
import { otherWork } from "./work";

type Before = Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "groups"> &
  Pick<ClassifierSteps, "classifier" | "map"> &
  Pick<JudgementSteps, "growingGroups">;

/** Steps that ask what the map holds, and to which new ground it points. */
export function mapSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { patches, autoencoder, groups, classifier, map, growingGroups: growing } = before;

  const captured = define("capture", {
    needs: { patches, groups, classifier },
    reads: ["threshold"],
    compute: ({ from, method }) =>
      captureOf(
        study,
        from.patches,
        from.groups[0],
        from.classifier.probabilities,
        method.threshold,
      ),
    metrics: captureMetrics,
  });
  const targets = define("targets", {
    needs: { patches, autoencoder, map },
    reads: ["threshold", "awayFromKnown", "minimumCells"],
    async compute({ from, method: { threshold, awayFromKnown, minimumCells } }): Promise<Targets> {
      const options = { threshold, awayFromKnown, minimumCells };
      const found = targetsOn(from.map, study, options);
      const byLayer = await reconstructionErrorsByBand(from.autoencoder, from.patches);
      const drivers = targetDrivers(found, byLayer);
      return {
        grid: from.map,
        targets: found,
        drivers,
        patches: from.patches.places.length,
        options,
      };
    },
    metrics: targetMetrics,
  });
  const newGround = define("newGround", {
    needs: { patches, growing, classifier },
    reads: ["threshold", "trees", "seed"],
    work: () => [otherWork(500)],
    async compute({ from, method: { threshold, trees }, run }) {
      const { labels } = from.growing[0].assignment;
      const forest = await randomForestTrial(run, "RF", patchFeatures(from.patches), labels, {
        trees,
      });
      return newGroundOf(from.classifier.probabilities, threshold, forest);
    },
    metrics: newGroundMetrics,
  });

  return { capture: captured, targets, newGround };
}

/** The same, by name. */
export type MapSteps = ReturnType<typeof mapSteps>;
