import { correlationMatrix } from "../evaluation/correlation";
import { type MatrixAgreement, matrixAgreement } from "../evaluation/matrix-agreement";
import type { CorrelationHeatmapOptions } from "../figures/correlation-heatmap";
import type { GridStack } from "../grid/grid";
import { otherLayers } from "../published/other-layers";
import { publishedHeading, publishedStudy } from "../published/published-study";
import { type Found, given, isSkipped } from "../skipped";
import { noPairs } from "../study/lacks";
import type { Study } from "../study/types";
import {
  type CorrelatedPair,
  comparedPairRows,
  inPublishedOrder,
  matrixRows,
  publishedAmong,
  strongestPairs,
} from "../tables/correlation";
import type { Row } from "../tables/table";
import type { Metrics } from "./measured";
import { percentRange, percentText } from "./words";

type Matrix = readonly (readonly number[])[];
type Published = ReturnType<typeof publishedAmong>;

/** Table 1 and the same of a study. */
export interface EvidenceCorrelation {
  readonly labels: readonly string[];
  readonly matrix: Matrix;
  /** Strongest first. */
  readonly pairs: Found<readonly CorrelatedPair[]>;
  /** The study's matrix in the paper's order, beside the published one. */
  readonly compared: Found<{ readonly matrix: Matrix; readonly published: Published }>;
  readonly agreement: Found<MatrixAgreement>;
}

/** Correlates all layers and holds them against the published table where they are its layers. */
export function evidenceCorrelation(
  study: Study,
  { bands }: GridStack,
  { seed }: { readonly seed: number },
): EvidenceCorrelation {
  const labels = bands.map(({ name }) => name);
  const matrix = correlationMatrix(bands.map(({ values }) => values));
  const published = publishedAmong(labels, publishedStudy().table1EvidenceCorrelation);
  const ordered = inPublishedOrder(labels, matrix, published);
  const compared = ordered === null ? otherLayers(study) : { matrix: ordered, published };
  const pairs = strongestPairs(labels, matrix);
  return {
    ...{ labels, matrix, compared },
    pairs: pairs.length === 0 ? noPairs(study) : pairs,
    agreement: given(compared, (both) => matrixAgreement(both.matrix, published.matrix, { seed })),
  };
}

/** Agreement with Table 1, and how far any two layers repeat each other. */
export function correlationMetrics({ pairs, agreement }: EvidenceCorrelation): Metrics {
  const largest = isSkipped(pairs)
    ? {}
    : { "evidence.correlation.largestAbsolute": { value: Math.abs(pairs[0].correlation) } };
  if (isSkipped(agreement)) return largest;
  const { rank, signs, pairs: n, signedPairs } = agreement;
  return {
    ...largest,
    "evidence.correlation.rankWithPublished": { value: rank, n },
    "evidence.correlation.signsAgree": { ...signs, n: signedPairs },
  };
}

/** The whole matrix, one row a layer. */
export function correlationRows({ labels, matrix, pairs }: EvidenceCorrelation): Found<Row[]> {
  return given(pairs, () => matrixRows(labels, matrix));
}

/** What the heat map shows: the study's matrix, beside it the published one where it may stand there. */
export function besideTable1({ labels, matrix, pairs, compared }: EvidenceCorrelation) {
  const own = { labels, matrix };
  return given(pairs, (): Omit<CorrelationHeatmapOptions, "title"> => {
    if (isSkipped(compared)) return own;
    const { channels, missing, matrix: theirs } = compared.published;
    return {
      ...own,
      heading: "This study",
      published: { heading: publishedHeading(missing), labels: channels, matrix: theirs },
      difference: "This study less published",
    };
  });
}

/** Table 1 pair by pair, the strongest published pair first. */
export function table1Rows({ compared }: EvidenceCorrelation): Found<Row[]> {
  return given(compared, ({ matrix, published }) => comparedPairRows(matrix, published));
}

/** How far the study's correlations agree with the published ones, against chance. */
export function table1AgreementSentence({ agreement }: EvidenceCorrelation): Found<string> {
  return given(
    agreement,
    ({ rank, chance, signs, signedPairs, pairs, pValue }) =>
      `The correlations of ${pairs} pairs rank like the published ones by **${rank.toFixed(2)}**; names given at random reach ${chance[0].toFixed(2)} to ${chance[1].toFixed(2)} in 95 % of draws (p = ${pValue.toPrecision(1)}). Signs agree in **${percentText(signs.value, 0)}** of the ${signedPairs} pairs with a published sign (95 % interval ${percentRange(signs.interval, 0)}).`,
  );
}

/** Whether that agreement is a finding. */
export function agreementCaution(
  { id, kind }: Pick<Study, "id" | "kind">,
  { compared }: EvidenceCorrelation,
): string {
  return kind === "synthetic" && !isSkipped(compared)
    ? "This agreement is no finding. The generator of the synthetic study was calibrated so that its correlations resemble Table 1 in sign and rank; PROVENANCE.md in the study's folder says which numbers were set and which came out."
    : `The layers of study ${id} were made without a look at Table 1.`;
}

/** How many pairs are weak, here and as published. */
export function weakPairsSentence({ pairs }: EvidenceCorrelation): string {
  const { channels, matrix } = publishedStudy().table1EvidenceCorrelation;
  const printed = strongestPairs(channels, matrix);
  const weak = (list: readonly CorrelatedPair[]) =>
    percentText(
      list.filter(({ correlation }) => Math.abs(correlation) < 0.3).length / list.length,
      0,
    );
  const here = isSkipped(pairs) ? "" : `${weak(pairs)} of ${pairs.length} pairs here and `;
  const [{ first, second, correlation }] = printed;
  return `|r| is below 0.3 for ${here}${weak(printed)} of ${printed.length} published for Hezuo, where the strongest pair is ${first} with ${second} at ${correlation}.`;
}

/** How far the data frame's road strays from ours, and its sample from the whole area. */
export function frameSentence(pixels: number, apart: number, fromWhole: number): string {
  return `On ${pixels.toLocaleString("en")} pixels the two roads differ by at most ${apart.toExponential(1)}, the rounding of the data frame's single precision. The sample differs from the whole area by at most ${fromWhole.toFixed(3)}.`;
}
