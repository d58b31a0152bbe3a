import type { Row } from "../tables/table";
import type { Steps } from "./flow";

/** One row a step: the steps that it follows, and the parameters that it reads itself. */
export function stepTable(steps: Steps): Row[] {
  return Object.values(steps).map(({ title, follows, own }) => ({
    step: title,
    follows: follows.map((step) => step.title).join(", "),
    reads: own.join(", "),
  }));
}
