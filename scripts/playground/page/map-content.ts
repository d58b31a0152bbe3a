import type { ColourOptions } from "../../../lib/src/figures/colour-scale";
import type { MapChoice, Setup } from "./address";
import { type Difference, rankDifference } from "./comparison";
import { remembered } from "./remembered";
import type { Cut, Run } from "./runs";
import type { State } from "./state";

/** What is drawn, by patch. */
export interface MapContent {
  readonly cut: Cut;
  readonly values: Float64Array;
  readonly title: string;
  readonly unit: string | null;
  readonly colours: ColourOptions;
  /** Whether high values mean favourable ground, so that the highest can be selected. */
  readonly isScore: boolean;
  /** The run that it is of, if any. */
  readonly run: Run | null;
  readonly difference: Difference | null;
}

/** A map that can be asked for, as a list offers it. */
export interface MapOption {
  readonly choice: MapChoice;
  readonly title: string;
}

const QUANTILES: ColourOptions = { stretch: "quantile" };

const BASELINES = [
  { choice: "bestLayer", title: "Best single layer" },
  { choice: "pcaError", title: "PCA error" },
] as const;

/** Maps of a district that can be asked for now, by kind. */
export function mapOptions(state: State): { readonly scores: MapOption[]; layers: MapOption[] } {
  const { district, cut, kept, setup } = state;
  const baselines = BASELINES.map(({ choice, title }) => {
    const found = cut?.prepared.baselines.find(({ id }) => id === choice);
    return { choice, title: found?.title ?? title };
  });
  const scores: MapOption[] = [
    { choice: "error", title: "Reconstruction error" },
    { choice: "probability", title: "Probability of the classifier" },
    ...baselines,
    ...(kept.length >= 2 || setup?.map === "difference"
      ? [{ choice: "difference" as const, title: "Difference of two kept runs" }]
      : []),
  ];
  const layers = (district?.layers ?? []).map(({ id, title }) => ({
    choice: `layer.${id}` as const,
    title,
  }));
  return { scores, layers };
}

/** What the map shows of a setup, or why it cannot. */
export function mapContent(state: State, setup: Setup): MapContent | string {
  const { cut, autoencoder, classifier } = state;
  const { map } = setup;
  if (map === "error") {
    return ofRun(autoencoder, "Reconstruction error", QUANTILES) ?? untrained("auto-encoder");
  }
  if (map === "probability") {
    const colours = { domain: [0, 1] as const };
    return ofRun(classifier, "Probability of the classifier", colours) ?? untrained("classifier");
  }
  if (map === "difference") return ofDifference(state);
  if (cut === null) return "The patches are being cut.";
  if (map === "bestLayer" || map === "pcaError") {
    const baseline = cut.prepared.baselines.find(({ id }) => id === map);
    if (baseline === undefined) {
      return map === "pcaError"
        ? "The PCA error is being computed."
        : "No layer of this district has a favourable direction, so none makes a score.";
    }
    const { scores: values, title } = baseline;
    return { ...plain(cut, values, title), colours: QUANTILES, isScore: true };
  }
  return ofLayer(state, cut, map.slice("layer.".length));
}

function plain(cut: Cut, values: Float64Array, title: string) {
  return { cut, values, title, unit: null, run: null, difference: null };
}

function untrained(network: string): string {
  return `No ${network} has been trained yet.`;
}

function ofRun(run: Run | null, title: string, colours: ColourOptions): MapContent | null {
  if (run?.scores == null) return null;
  return { ...plain(run.cut, run.scores, title), colours, isScore: true, run };
}

const differenceOf = remembered(rankDifference);

function ofDifference({ kept, compared }: State): MapContent | string {
  const pair = (compared ?? []).map((letter) => kept.find((each) => each.letter === letter));
  const [one, other] = pair;
  if (one === undefined || other === undefined) return "Keep two runs to see their difference.";
  const difference = differenceOf(one.run, other.run);
  if (typeof difference === "string") return difference;
  const title = `Rank in ${one.letter} less rank in ${other.letter}`;
  const colours = { scheme: "blueOrange", domain: [-1, 1] } as const;
  const content = plain(one.run.cut, difference.values, title);
  return { ...content, unit: "share of the ground", colours, isScore: false, difference };
}

const layerMeans = remembered((means: Float32Array, layers: number, at: number) =>
  Float64Array.from({ length: means.length / layers }, (_, patch) => means[patch * layers + at]),
);

function ofLayer({ district }: State, cut: Cut, id: string): MapContent | string {
  const layer = district?.layers.find((each) => each.id === id);
  const at = cut.parameters.layers.indexOf(id);
  if (layer === undefined) return "This layer is none of the district.";
  if (at < 0) return `${layer.title} is switched off, so that patches do not hold it.`;
  const values = layerMeans(cut.prepared.means, cut.parameters.layers.length, at);
  const content = plain(cut, values, layer.title);
  return { ...content, unit: layer.unit, colours: {}, isScore: false };
}
