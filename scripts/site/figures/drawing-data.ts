import { successRateCurvesOf } from "../../../lib/src/findings/success-rate";
import type { GridGeometry } from "../../../lib/src/grid/grid";
import type { StudyIdentity } from "../../../lib/src/study/types";
import { stepsOf } from "../../playground/build/build";

/** What the README's figures are drawn from, in numbers short enough to be kept beside them. */
export interface DrawingData {
  readonly study: Pick<StudyIdentity, "title" | "kind" | "licence">;
  readonly map: GridGeometry & {
    /** Probabilities of the patches, row by row from the north-west; null where there is none. */
    readonly values: readonly (number | null)[];
  };
  readonly occurrences: {
    readonly name: string;
    /** Name, easting and northing, to the metre. */
    readonly places: readonly (readonly [string, number, number])[];
  };
  /** Shares of 0 to 1 on ground that no method has seen. */
  readonly curves: readonly {
    readonly name: string;
    readonly occurrences: number;
    readonly areaShare: readonly number[];
    readonly occurrenceShare: readonly number[];
  }[];
}

/** Methods whose curves are drawn: the paper's two, the error without a network, and the best that is told. */
const DRAWN = ["cnn", "cae", "pca", "rf"];

/**
 * What the figures of a study are drawn from, by its steps: computed once, and taken from the run
 * store where its notebooks have run.
 */
export async function drawingDataOf(root: string, name: string): Promise<DrawingData> {
  const { study, steps } = await stepsOf(root, { study: name, coarsening: 1 });
  const grid = await steps.map();
  const judgement = await steps.judgement();
  const methods = [...judgement.methods, ...judgement.baselines];
  const drawn = DRAWN.map((id) => methods.find((each) => each.id === id)).filter(
    (each) => each !== undefined,
  );
  const panels = successRateCurvesOf(judgement, drawn, judgement.main);
  const { curves } = panels[panels.length - 1];
  const { width, height, transform, crs } = grid.geometry;
  const { title, kind, licence, mainCommodity } = study;
  const main = study.occurrences.filter(({ commodity }) => commodity === mainCommodity);
  return {
    study: { title, kind, licence },
    map: {
      ...{ width, height, transform, crs },
      values: Array.from(grid.values, (value) => (Number.isNaN(value) ? null : shortened(value))),
    },
    occurrences: {
      name: `${mainCommodity} occurrence`,
      places: main.map((each) => [each.name, Math.round(each.easting), Math.round(each.northing)]),
    },
    curves: curves.map(({ name: named, curve }) => ({
      name: named,
      occurrences: curve.occurrences,
      ...corners(curve),
    })),
  };
}

const shortened = (value: number) => Math.round(value * 1e4) / 1e4;

/** A curve by the points where it turns: those between lie on straight lines. */
function corners(curve: {
  readonly areaShare: ArrayLike<number>;
  readonly occurrenceShare: ArrayLike<number>;
}): Pick<DrawingData["curves"][number], "areaShare" | "occurrenceShare"> {
  const points = Array.from(curve.areaShare, (along, at) => [along, curve.occurrenceShare[at]]);
  const turns = points.filter(([along, up], at) => {
    const [before, after] = [points[at - 1], points[at + 1]];
    if (before === undefined || after === undefined) return true;
    const turn = (along - before[0]) * (after[1] - up) - (up - before[1]) * (after[0] - along);
    return Math.abs(turn) > 1e-12;
  });
  return {
    areaShare: turns.map(([along]) => shortened(along)),
    occurrenceShare: turns.map(([, up]) => shortened(up)),
  };
}
