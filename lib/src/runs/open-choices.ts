import type { EvidenceOrigin, InverseDistance } from "../manifest/origins";
import type { Study } from "../study/types";
import type { AutoencoderTrialOptions } from "./autoencoder-trial";
import type { ClassifierTrialOptions } from "./classifier-trial";
import type { Variation } from "./sensitivity";

/** Other values of the choices that the paper leaves open; each is tried alone. */
export interface OpenChoices {
  readonly filters?: readonly (readonly number[])[];
  readonly outputActivation?: readonly AutoencoderTrialOptions["outputActivation"][];
  readonly loss?: readonly NonNullable<AutoencoderTrialOptions["loss"]>[];
  readonly batchSize?: readonly number[];
  readonly epochs?: readonly number[];
  readonly learningRate?: readonly number[];
  /** Seeds that the error is averaged over. */
  readonly members?: readonly number[];
  /** Percentiles of each layer that become 0 and 1. */
  readonly percentiles?: readonly (readonly number[])[];
  readonly dropout?: readonly ClassifierTrialOptions["dropout"][];
  /** Edges of the windows of the singularity index, in sample spacings. */
  readonly windows?: readonly (readonly number[])[];
  /** Inverse distance weighting of the samples. */
  readonly interpolation?: readonly InverseDistance[];
  /** How many further seeds, which show what chance alone does. */
  readonly seeds?: number;
}

/** The variations of a study, and the choices that it does not have. */
export interface ChosenVariations {
  readonly variations: readonly Variation[];
  /** Choices that need samples, for a study without any. */
  readonly skipped: readonly string[];
}

/** One variation a value; further seeds follow the given one. */
export function openChoices(study: Study, choices: OpenChoices, seed: number): ChosenVariations {
  const list = (values: readonly number[]) => values.join(", ");
  const { filters = [], outputActivation = [], loss = [], batchSize = [] } = choices;
  const { learningRate = [], members = [], percentiles = [] } = choices;
  const { epochs = [], dropout = [], windows = [], interpolation = [], seeds = 0 } = choices;
  const networks: Variation[] = [
    ...filters.map((value) => ({
      ...{ choice: "filters", value: list(value) },
      autoencoder: { filters: value },
    })),
    ...outputActivation.map((value) => ({
      ...{ choice: "output activation", value },
      autoencoder: { outputActivation: value },
    })),
    ...loss.map((value) => ({
      choice: "loss",
      value: spaced(value),
      autoencoder: { loss: value },
    })),
    ...batchSize.map((value) => ({
      ...{ choice: "batch", value: String(value) },
      autoencoder: { batchSize: value },
    })),
    ...epochs.map((value) => ({
      ...{ choice: "epochs", value: String(value) },
      autoencoder: { epochs: value },
    })),
    ...learningRate.map((value) => ({
      ...{ choice: "learning rate", value: String(value) },
      autoencoder: { learningRate: value },
    })),
    ...members.map((value) => ({
      ...{ choice: "members", value: String(value) },
      autoencoder: { members: value },
    })),
    ...percentiles.map((value) => ({
      ...{ choice: "percentiles", value: list(value) },
      percentiles: value,
    })),
    ...dropout.map((value) => ({
      ...{ choice: "dropout", value: list(value) },
      classifier: { dropout: value },
    })),
    ...Array.from({ length: seeds }, (_, at) => ({
      ...{ choice: "seed", value: String(seed + 1 + at) },
      seed: seed + 1 + at,
    })),
  ];
  const evidence: Variation[] = [
    ...windows.map((spacings) => ({
      ...{ choice: "windows", value: `${list(spacings)} spacings` },
      study: withOrigins(study, (origin) =>
        origin.from === "samples" && origin.method === "singularity"
          ? { ...origin, spacings }
          : origin,
      ),
    })),
    ...interpolation.map((weighting) => ({
      ...{ choice: "interpolation", value: weightingName(weighting) },
      study: withOrigins(study, (origin) =>
        origin.from === "samples" && origin.method !== "kriging"
          ? { ...origin, ...weighting }
          : origin,
      ),
    })),
  ];
  const changed = evidence.filter(
    ({ study: other }) => JSON.stringify(other?.evidence) !== JSON.stringify(study.evidence),
  );
  const left = evidence.filter((variation) => !changed.includes(variation));
  return {
    variations: [...networks, ...changed],
    skipped: [...new Set(left.map(({ choice }) => choice))],
  };
}

function withOrigins(study: Study, change: (origin: EvidenceOrigin) => EvidenceOrigin): Study {
  return {
    ...study,
    evidence: study.evidence.map((layer) => ({ ...layer, origin: change(layer.origin) })),
  };
}

const weightingName = ({ power = 2, neighbours = 12 }: InverseDistance) =>
  `power ${power}, ${neighbours} nearest`;

/** "meanAbsoluteError" as a reader writes it. */
const spaced = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
