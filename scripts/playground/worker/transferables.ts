import type { Answer } from "../protocol";

/** The large arrays of an answer, which are handed over and not copied. */
export function transferables(answer: Answer): Transferable[] {
  switch (answer.type) {
    case "prepared": {
      const { places, means, baselines } = answer.prepared;
      return [places, means, ...baselines.map(({ scores }) => scores)].map(
        ({ buffer }) => buffer as ArrayBuffer,
      );
    }
    case "baseline":
      return [answer.baseline.scores.buffer as ArrayBuffer];
    case "scores":
      return [answer.scores.buffer as ArrayBuffer];
    default:
      return [];
  }
}
