import type { ComparedVariant, Training } from "../findings/compared-variant";
import type { Steps } from "./flow";

/** What a variant's notebooks left on record. */
type OnRecord = Pick<ComparedVariant, "name" | "method" | "changes" | "metrics" | "notebooks">;

/** The steps that a comparison rests on. */
type Asked = Pick<
  Steps,
  "patches" | "testedGroups" | "autoencoder" | "classifier" | "baselines" | "headline" | "capture"
>;

/**
 * What a variant found by patch, from its steps: of trainings that are in the run store in seconds.
 * The headline and what the map captures are asked for, too, so that their numbers can be held
 * against those on record.
 */
export async function comparedVariant(steps: Asked, record: OnRecord): Promise<ComparedVariant> {
  const { layout, places } = await steps.patches();
  const { tested } = await steps.testedGroups();
  const [autoencoder, classifier] = [await steps.autoencoder(), await steps.classifier()];
  await steps.capture();
  const { headline } = await steps.headline();
  return {
    ...record,
    patches: { layout, places },
    groups: tested,
    errors: autoencoder.errors,
    probabilities: classifier.probabilities,
    baselines: await steps.baselines(),
    headline,
    autoencoder: trainingOf(autoencoder),
    classifier: trainingOf(classifier),
  };
}

function trainingOf({ history, seconds }: Training): Training {
  return { history, seconds };
}
