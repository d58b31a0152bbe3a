import { describeValues } from "../evaluation/describe";
import type { SampleTable } from "../samples/types";
import type { Row } from "./table";

/** Share of values below detection from which a reader is warned. */
const MOSTLY_CENSORED = 0.5;

/**
 * One row an element: what the file's cells held, counted over its rows, and the spread of the
 * values that were made of them. Empty when the study has no samples.
 */
export function sampleQualityRows({ elements }: Pick<SampleTable, "elements">): Row[] {
  return elements.map(({ element, unit, values, quality }) => {
    const { rows, missing, censoredLow, censoredHigh, zeros, negatives } = quality;
    const known = rows - missing;
    const { minimum, median, maximum } = describeValues(values);
    return {
      element,
      unit,
      n: known,
      missing,
      "below detection": censoredLow,
      "below %": (100 * censoredLow) / known,
      "above limit": censoredHigh,
      zeros,
      negatives,
      limits: quality.detectionLimits.slice(0, 4).join(", "),
      minimum,
      median,
      maximum,
      note: noteOf(censoredLow / known),
    };
  });
}

function noteOf(censored: number): string {
  if (censored === 1) return "never detected: no log-ratios";
  return censored > MOSTLY_CENSORED ? "mostly below detection: its map shows limits" : "";
}
