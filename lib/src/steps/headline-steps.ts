import { methodHeadline, sensitivityOf } from "../evaluation/method-headline";
import {
  headlineMetrics,
  type StudyHeadline,
  type StudySensitivity,
  sensitivityMetrics,
} from "../findings/summary";
import type { Study } from "../study/types";
import type { AblationSteps } from "./ablation-steps";
import type { ClassifierSteps } from "./classifier-steps";
import type { ErrorSteps } from "./error-steps";
import { AUTOENCODER, CLASSIFIER } from "./network-options";
import { openChoices } from "./open-choices";
import { definer, type Step, type StepContext } from "./step";
import { autoencoders, classifiers } from "./work";

type Before = Pick<ErrorSteps, "patches" | "autoencoder"> &
  Pick<AblationSteps, "groups"> &
  Pick<ClassifierSteps, "classifier">;

/**
 * Steps of the headline, as it is and with what the paper leaves open chosen otherwise.
 *
 * @param another the same steps of another study, such as one with its evidence made otherwise
 */
export function headlineSteps(
  context: StepContext,
  before: Before,
  another: (study: Study) => { readonly headline: Step<StudyHeadline> },
) {
  const { study } = context;
  const define = definer(context);
  const { patches, groups, autoencoder, classifier } = before;

  const headline = define("headline", {
    needs: { patches, groups, autoencoder, classifier },
    reads: ["threshold"],
    compute({ from, method: { threshold } }): StudyHeadline {
      const { patches: cut, groups: judged, autoencoder: cae, classifier: cnn } = from;
      const found = methodHeadline(cae.errors, cnn, judged, threshold);
      return { headline: found, errors: cae.errors, patches: cut };
    },
    metrics: (found) => headlineMetrics(found, study),
  });
  const sensitivity = define("sensitivity", {
    needs: { headline },
    reads: ["open", ...AUTOENCODER, ...CLASSIFIER, "proportion"],
    work(method) {
      const { variations } = openChoices(study, method.open, method.seed);
      const { length: count } = variations;
      return [autoencoders(method, count), classifiers(method, count, method.proportion)];
    },
    async compute({ from, method: { open, seed }, ask, askEach }): Promise<StudySensitivity> {
      const { variations, skipped } = openChoices(study, open, seed);
      const changed = variations.filter((variation) => variation.study === undefined);
      const found = await askEach(
        headline,
        changed.map(({ changes }) => changes),
      );
      const byVariation = new Map(changed.map((variation, at) => [variation, found[at]]));
      for (const variation of variations) {
        // With its evidence made otherwise it is another study, and has a flow of its own.
        if (variation.study === undefined) continue;
        byVariation.set(variation, await ask(another(variation.study).headline));
      }
      const all = variations.map(({ choice, value }, at) => {
        const { headline: varied, errors } = byVariation.get(variations[at]) as StudyHeadline;
        return { choice, value, headline: varied, errors };
      });
      return { ...sensitivityOf(from.headline, all), notVaried: skipped };
    },
    metrics: sensitivityMetrics,
  });

  return { headline, sensitivity };
}

/** The same, by name. */
export type HeadlineSteps = ReturnType<typeof headlineSteps>;
