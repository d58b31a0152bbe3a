import type { EvidenceOrigin, InverseDistance } from "../manifest/origins";
import type { OpenChoices } from "../method/parameters";
import type { Study } from "../study/types";
import type { Changes } from "./step";

/** One choice that the paper leaves open, set to another value than the study's. */
export interface Variation {
  /** What is varied, such as "filters". */
  readonly choice: string;
  /** Its other value as a reader sees it. */
  readonly value: string;
  /** Parameters that it changes. */
  readonly changes: Changes;
  /** The study with its evidence made otherwise. */
  readonly study?: Study;
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
    ...filters.map((value) => varied("filters", list(value), { filters: value })),
    ...outputActivation.map((value) =>
      varied("output activation", value, { outputActivation: value }),
    ),
    ...loss.map((value) => varied("loss", spaced(value), { loss: value })),
    ...batchSize.map((value) => varied("batch", String(value), { batchSize: value })),
    ...epochs.map((value) => varied("epochs", String(value), { epochs: value })),
    ...learningRate.map((value) => varied("learning rate", String(value), { learningRate: value })),
    ...members.map((value) => varied("members", String(value), { members: value })),
    ...percentiles.map((value) => varied("percentiles", list(value), { percentiles: value })),
    ...dropout.map((value) => varied("dropout", list(value), { dropout: value })),
    ...Array.from({ length: seeds }, (_, at) =>
      varied("seed", String(seed + 1 + at), { seed: seed + 1 + at }),
    ),
  ];
  const evidence: Variation[] = [
    ...windows.map((spacings) => ({
      ...varied("windows", `${list(spacings)} spacings`, {}),
      study: withOrigins(study, (origin) =>
        origin.from === "samples" && origin.method === "singularity"
          ? { ...origin, spacings }
          : origin,
      ),
    })),
    ...interpolation.map((weighting) => ({
      ...varied("interpolation", weightingName(weighting), {}),
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

function varied(choice: string, value: string, changes: Changes): Variation {
  return { choice, value, changes };
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
