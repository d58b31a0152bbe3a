import type { Study } from "../study/types";
import { ablationSteps } from "./ablation-steps";
import { attributionSteps } from "./attribution-steps";
import { classifierSteps } from "./classifier-steps";
import { coherenceSteps } from "./coherence-steps";
import { ensembleSteps } from "./ensemble-steps";
import { errorSteps } from "./error-steps";
import { evidenceSteps } from "./evidence-steps";
import { headlineSteps } from "./headline-steps";
import { judgementSteps } from "./judgement-steps";
import { mapSteps } from "./map-steps";
import { methodSteps } from "./method-steps";
import type { StepContext } from "./step";

/**
 * The study, step by step, in the order of the method: evidence, reconstruction error, what the error
 * marks, classifier, judgement, map, coherence, ensemble, attribution, other methods, headline. A step names those that it follows and the parameters
 * that it reads; so what is computed anew when a parameter changes is said in this room and nowhere
 * else. Asked for by name in a notebook, each is computed once and kept in the run store; stepTable
 * lists them all.
 */
export function studySteps(context: StepContext) {
  const evidence = evidenceSteps(context);
  const error = errorSteps(context, evidence);
  const ablation = ablationSteps(context, { ...evidence, ...error });
  const classifier = classifierSteps(context, { ...evidence, ...error, ...ablation });
  const judged = { ...error, ...ablation, ...classifier };
  const judgement = judgementSteps(context, judged);
  const map = mapSteps(context, { ...judged, ...judgement });
  const coherence = coherenceSteps(context, judged);
  const ensemble = ensembleSteps(context, { ...judged, ...map });
  const attribution = attributionSteps(context, { ...judged, ...map, ...ensemble });
  const methods = methodSteps(context, { ...judged, ...judgement });
  const headline = headlineSteps(context, judged, another);

  // Nothing of another study is kept among this one's numbers.
  function another(study: Study): typeof headline {
    return studySteps({ ...context, study, record: undefined });
  }

  return {
    ...evidence,
    ...judged,
    ...judgement,
    ...map,
    ...coherence,
    ...ensemble,
    ...attribution,
    ...methods,
    ...headline,
  };
}

/** The steps of a study, by name. */
export type Steps = ReturnType<typeof studySteps>;
