import { type Skipped, skipped } from "../skipped";
import type { Study } from "../study/types";

/** Published numbers are of other layers, so that nothing stands beside them. */
export function otherLayers({ id }: Pick<Study, "id">): Skipped {
  return skipped(`study ${id} has other evidence layers than the paper`);
}
