import type { PrincipalComponents } from "../evidence/principal-components";
import { type Found, given, isSkipped } from "../skipped";
import type { Metrics } from "./measured";
import { percentText } from "./words";

type Components = Pick<PrincipalComponents, "explained" | "parts" | "leftOut">;

/** The share of the variance in the first two components. */
export function componentMetrics(found: Found<Components>): Metrics {
  if (isSkipped(found)) return {};
  return { "evidence.components.explained": { value: firstTwo(found) } };
}

/** How much two components explain, and which samples could not be used. */
export function componentSentence(found: Found<Components>): Found<string> {
  return given(
    found,
    (components) =>
      `Two components explain ${percentText(firstTwo(components), 0)} of the variance of ${components.parts.length} elements; ${components.leftOut.length} samples lack an element and are left out.`,
  );
}

function firstTwo({ explained: [first, second] }: Components): number {
  return first + second;
}
