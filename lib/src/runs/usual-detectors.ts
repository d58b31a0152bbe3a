import type { FeatureTable } from "../comparators/types";
import { isolationScores } from "../detectors/isolation-forest";
import { neighbourDistances } from "../detectors/nearest-neighbours";
import { oneClassSvmScores } from "../detectors/one-class-svm";
import { bulkConstants, robustDistances } from "../detectors/robust-distance";
import type { FittedDetector } from "../detectors/rows";

/** What is fitted to some rows and scores any. */
export type Detector = (training: FeatureTable) => FittedDetector;

/** A detector under a name, as a trial keeps it. */
export interface NamedDetector {
  readonly id: string;
  readonly label: string;
  /** Features that it cannot take. */
  readonly leftOut: readonly string[];
  /** Of what it draws at random. */
  readonly seed: number;
  readonly detector: Detector;
}

/** The four detectors in their usual form. */
export function usualDetectors(table: FeatureTable, seed: number): readonly NamedDetector[] {
  return [
    robustMahalanobis(table, seed),
    {
      ...{ id: "neighbours", label: "Nearest neighbours", leftOut: [], seed },
      detector: (training) => neighbourDistances(training),
    },
    {
      ...{ id: "isolation", label: "Isolation forest", leftOut: [], seed },
      detector: (training) => isolationScores(training, { seed }),
    },
    oneClassSvm(USUAL_OUTSIDE, seed),
  ];
}

/** The robust distance, searched from a seed. */
export function robustMahalanobis(table: FeatureTable, seed: number): NamedDetector {
  return {
    ...{ id: "mahalanobis", label: "Robust Mahalanobis", leftOut: bulkConstants(table), seed },
    detector: (training) => robustDistances(training, { seed }),
  };
}

/** libsvm's share outside. */
const USUAL_OUTSIDE = 0.5;

/** The one-class support vector machine with a share outside; the seed changes nothing of it. */
export function oneClassSvm(outside: number, seed: number): NamedDetector {
  const id = outside === USUAL_OUTSIDE ? "oneClassSvm" : `oneClassSvm ${outside}`;
  return {
    ...{ id, label: "One-class SVM", leftOut: [], seed },
    detector: (training) => oneClassSvmScores(training, { outside }),
  };
}
