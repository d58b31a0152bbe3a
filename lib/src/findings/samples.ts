import type { Survey } from "../samples/survey";
import type { SampleTable } from "../samples/types";
import { type Found, isSkipped } from "../skipped";
import { noSamples } from "../study/lacks";
import type { Study } from "../study/types";
import type { Metrics } from "./measured";

/** The samples of a study that has some. */
export function samplesOf(study: Pick<Study, "id" | "samples">): Found<SampleTable> {
  return study.samples ?? noSamples(study);
}

/** How many samples there are. */
export function sampleMetrics(samples: Found<SampleTable>): Metrics {
  if (isSkipped(samples)) return {};
  return { "evidence.samples.n": { value: samples.eastings.length } };
}

/** The study area's share of the region, and the spacing of the samples in it. */
export function areaMetrics({
  share,
  survey,
}: {
  readonly share: number;
  readonly survey: Survey | null;
}): Metrics {
  const spacing =
    survey === null
      ? {}
      : { "evidence.samples.spacing": { value: survey.spacing, n: survey.places } };
  return { "evidence.area.share": { value: share }, ...spacing };
}

/** What the study is, whether real or synthetic, and whose data it uses. */
export function studySentence({ title, kind, source, licence }: Study): string {
  return `**${title}** – ${kind} data. Source: ${source}. Licence: ${licence}`;
}
