import type { MethodFile } from "../method/parameters";
import type { Steps } from "../steps/flow";

/**
 * The steps that some notebooks ask for, as the file of the method names them; exercises, which ask
 * with other values, are not among them.
 *
 * @param ids file names without ending
 */
export function notebookSteps(
  { notebooks }: Pick<MethodFile, "notebooks">,
  ids: readonly string[],
  steps: Steps,
): (keyof Steps)[] {
  const named = ids.flatMap((id) => notebooks[id] ?? []).filter((name) => name in steps);
  return [...new Set(named)] as (keyof Steps)[];
}
