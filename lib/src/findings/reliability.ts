import type { ErrorReliability } from "../runs/reliability";
import type { Metrics } from "./measured";
import { estimateText } from "./words";

/** Reliability of one error and of means over seeds, expected and measured. */
export function reliabilityMetrics({
  single,
  predicted,
  measured,
  trials: [{ errors }],
}: ErrorReliability): Metrics {
  const n = errors.length;
  return {
    "cae.reliability.single": { value: single.mean, n },
    "cae.reliability.predicted": { value: predicted, n },
    "cae.reliability.measured": { ...measured, n },
  };
}

/** What of an error is the ground's, and what averaging over seeds gains. */
export function reliabilitySentence({
  single,
  predicted,
  measured,
  members,
}: ErrorReliability): string {
  return `The errors of one seed agree with those of another by ${single.mean.toFixed(3)}; means over ${members} seeds agree by ${estimateText(measured)}, where ${predicted.toFixed(3)} was expected. What is missing to 1 comes from the training and not from the ground.`;
}
