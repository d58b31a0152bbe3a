import type { MethodFile } from "../method/parameters";
import type { Steps } from "../steps/flow";
import type { Changes } from "../steps/step";

/** A step that is asked for, and what is changed for it. */
export interface WantedStep {
  readonly step: keyof Steps;
  readonly changes: Changes;
}

/**
 * The steps that some notebooks ask for, and then those that their exercises ask for with other values,
 * as the file of the method names them.
 *
 * @param ids file names without ending
 */
export function notebookSteps(
  { notebooks, exercises }: Pick<MethodFile, "notebooks" | "exercises">,
  ids: readonly string[],
  steps: Steps,
): WantedStep[] {
  const named = new Set(ids.flatMap((id) => notebooks[id] ?? []));
  const asked = [...named].map((step) => ({ step, with: {} }));
  const exercised = ids.flatMap((id) => exercises[id] ?? []);
  return [...asked, ...exercised]
    .filter(({ step }) => step in steps)
    .map(({ step, with: changes }) => ({ step: step as keyof Steps, changes }));
}
