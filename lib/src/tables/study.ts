import { describeValues } from "../evaluation/describe";
import type { GridStack } from "../grid/grid";
import type { EvidenceDescription } from "../manifest/evidence-layer";
import type { Study } from "../study/types";
import type { Row } from "./table";

/** One row an input file: path, size and SHA-256. */
export function inputRows({ inputs }: Study): Row[] {
  return inputs.map(({ path, bytes, sha256 }) => ({ file: path, bytes, "SHA-256": sha256 }));
}

/** One row an evidence layer: what it is and the spread of its values. */
export function evidenceRows(
  { evidence }: { readonly evidence: readonly EvidenceDescription[] },
  { bands }: GridStack,
): Row[] {
  return evidence.map(({ label, title, unit }, at) => {
    const { minimum, median, maximum, nodata, count } = describeValues(bands[at].values);
    const nodataShare = (100 * nodata) / (nodata + count);
    return { label, layer: title, unit, minimum, median, maximum, "nodata %": nodataShare };
  });
}
