import { InputError } from "../errors";
import type { BandRange } from "../evidence/scale";
import type { OpenGeoTiff } from "../grid/geotiff-window";
import type { Patches } from "../patches/types";
import { contentHash } from "../runs/store";
import { deserialiseModel } from "../training/checkpoint";
import { multiplicationsOf } from "../training/engine/multiplications";
import { networkOf } from "../training/engine/network";
import {
  type PredictionControl,
  predictProbabilities,
  reconstructionErrors,
} from "../training/predict";
import type { Steps } from "./flow";

/** One of a study's networks, ready to score other ground. */
export interface StudyScorer {
  /** What its score is called. */
  readonly name: string;
  /** Edge of a patch in pixels, and of a pixel in CRS units. */
  readonly size: number;
  readonly pixelSize: number;
  /** Ranges of the study's own evidence, by which other ground is to be scaled. */
  readonly ranges: readonly BandRange[];
  /** SHA-256 of the networks and of what is taken of them: the same hash, the same scores. */
  readonly hash: string;
  /** Multiplications that the networks need for a patch. */
  readonly multiplications: number;
  /** Scores of some patches of scaled evidence, in their order. */
  readonly score: (patches: Patches) => Promise<Float64Array>;
  readonly dispose: () => void;
}

/**
 * The network that made a study's map, from the run store; trained again where that has it no more.
 * It is read once; the caller disposes of it.
 *
 * @param by the classifier's probability, or the auto-encoder's reconstruction error
 * @param control threads that score; all cores when absent
 */
export async function studyScorer(
  steps: Pick<Steps, "evidence" | "patches" | "autoencoder" | "classifier">,
  by: "probability" | "error",
  control: PredictionControl = {},
): Promise<StudyScorer> {
  const { ranges } = await steps.evidence();
  const { layout } = await steps.patches();
  const serialised =
    by === "error" ? (await steps.autoencoder()).models : [(await steps.classifier()).model];
  const models = await Promise.all(serialised.map((one) => deserialiseModel(one)));
  const scoresOf = by === "error" ? reconstructionErrors : predictProbabilities;
  return {
    name: by === "error" ? "reconstruction error" : "probability",
    size: layout.size,
    pixelSize: layout.raster.transform[1],
    ranges,
    hash: contentHash(
      Buffer.from(
        [by, ...serialised.flatMap((one) => [one.topology, contentHash(one.weights)])].join("\n"),
      ),
    ),
    multiplications: models.reduce((sum, model) => {
      const network = networkOf(model);
      // Of a network that the engine does not know, as if every weight met every pixel.
      const all = model.countParams() * layout.size ** 2;
      return sum + ("unknown" in network ? all : multiplicationsOf(network));
    }, 0),
    score: async ({ values, places, layout, bands }) => {
      const shape = { count: places.length, size: layout.size, bands: bands.length };
      const mean = new Float64Array(places.length);
      for (const model of models) {
        const scores = await scoresOf(model, values, shape, control);
        for (let at = 0; at < mean.length; at++) mean[at] += scores[at] / models.length;
      }
      return mean;
    },
    dispose: () => {
      for (const model of models) model.dispose();
    },
  };
}

/** Share of a pixel's edge by which that of other ground may differ. */
const PIXEL_TOLERANCE = 1e-3;

/**
 * Numbers of the bands that hold the layers of a study, in their order: by name, or as given.
 *
 * @throws InputError when a layer has no band, or pixels are not of the size that the network knows
 */
export function bandsForScorer(
  { file, names, geometry }: OpenGeoTiff,
  { ranges, pixelSize }: StudyScorer,
  given?: readonly number[],
): readonly number[] {
  const wanted = ranges.map(({ band }) => band);
  const numbers = given ?? wanted.map((band) => names.indexOf(band) + 1);
  const absent = numbers.findIndex((number) => !(number >= 1 && number <= names.length));
  if (numbers.length !== wanted.length || absent >= 0) {
    throw new InputError({
      kind: "values",
      file,
      field: "bands",
      found: given === undefined ? names.join(", ") : `numbers ${given.join(", ")}`,
      expected: `one band a layer: ${wanted.join(", ")}`,
      remedy: "Name the bands so, or give their numbers in this order with --bands.",
    });
  }
  const found = [geometry.transform[1], -geometry.transform[5]];
  if (found.some((edge) => Math.abs(edge - pixelSize) > PIXEL_TOLERANCE * pixelSize)) {
    throw new InputError({
      kind: "georeference",
      file,
      field: "pixel size",
      found: found.join(" by "),
      expected: `${pixelSize}, as the network was trained on`,
      remedy: `gdalwarp -tr ${pixelSize} ${pixelSize} resamples it.`,
    });
  }
  return numbers;
}
