import type { Row } from "../tables/table";
import type { Steps } from "./flow";

/** One row a step: the steps that it follows, and the parameters that it reads itself. */
export function stepTable(steps: Steps): Row[] {
  return Object.values(steps).map(({ title, after, own }) => ({
    step: title,
    follows: after.join(", "),
    reads: own.join(", "),
  }));
}
