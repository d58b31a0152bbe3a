import { areaUnderRoc } from "../evaluation/roc";
import { randomStream, shuffledIndices } from "../random";
import { rowCount, takeRows } from "./features";
import type { PermutationImportance } from "./forest";
import type { FeatureTable, ScoreRows } from "./types";

/**
 * How much the area under the ROC curve over the training rows falls when the values of a predictor
 * are shuffled among them, the model left as it is: mean and standard error over repeats. Rows that
 * the model gives no score are left out.
 *
 * @param training rows that the model was fitted to
 * @param trainingLabels 1 for a presence
 */
export function shuffleImportance(
  score: ScoreRows,
  training: FeatureTable,
  trainingLabels: Uint8Array,
  { seed, repeats = 10 }: { readonly seed: number; readonly repeats?: number },
): PermutationImportance[] {
  const all = score(training);
  const scored = Array.from(all.keys()).filter((row) => !Number.isNaN(all[row]));
  const table = takeRows(training, scored);
  const labels = Uint8Array.from(scored, (row) => trainingLabels[row]);
  const width = table.names.length;
  const before = areaUnderRoc(score(table), labels);
  return table.names.map((name, feature) => {
    const random = randomStream(seed, `shuffle importance/${name}`);
    const falls = Array.from({ length: repeats }, () => {
      const order = shuffledIndices(rowCount(table), random);
      const values = table.values.map((value, at) =>
        at % width === feature
          ? table.values[order[Math.floor(at / width)] * width + feature]
          : value,
      );
      return before - areaUnderRoc(score({ names: table.names, values }), labels);
    });
    const value = falls.reduce((sum, fall) => sum + fall, 0) / repeats;
    const squares = falls.reduce((sum, fall) => sum + (fall - value) ** 2, 0);
    return { name, value, standardError: Math.sqrt(squares / (repeats - 1) / repeats) };
  });
}
