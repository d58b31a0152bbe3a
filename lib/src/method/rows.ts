import type { Row } from "../tables/table";
import type { AppliedMethod } from "./apply";
import type { MethodFile, MethodName } from "./parameters";
import { rangeText } from "./value";
import { valueText } from "./value-text";

/** One row a parameter: its value, where it comes from, what it may be, and what it does. */
export function methodRows(
  { parameters }: Pick<MethodFile, "parameters">,
  { method, changes }: AppliedMethod,
  names: readonly MethodName[] = Object.keys(parameters) as MethodName[],
): Row[] {
  return names.map((name) => {
    const change = changes.find((each) => each.name === name);
    const set =
      change === undefined ? "" : ` (set by ${change.by}; method.json: ${valueText(change.from)})`;
    return {
      parameter: name,
      value: `${valueText(method[name])}${set}`,
      origin: parameters[name].origin,
      "unit or range": rangeText(parameters[name]),
      "what it does": parameters[name].what,
    };
  });
}

/** The changes in one sentence, such as "filters 16, 32 instead of 8, 4"; null where there is none. */
export function changesText({ changes }: Pick<AppliedMethod, "changes">): string | null {
  if (changes.length === 0) return null;
  return changes
    .map(
      ({ name, from, to, by }) =>
        `${name} ${valueText(to)} instead of ${valueText(from)}, set by ${by}`,
    )
    .join("; ");
}
