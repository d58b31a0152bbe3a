import type { Study } from "../study/types";

/** Says that a step is left out because the study has no samples. */
export function withoutSamples({ id }: Pick<Study, "id">, step: string): string {
  return `*${step}: skipped, because study ${id} has no geochemical samples.*`;
}
