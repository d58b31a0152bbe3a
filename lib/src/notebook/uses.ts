import { InputError } from "../errors";
import { nearestNames } from "../method/nearest-names";
import type { Method, MethodFile, MethodName } from "../method/parameters";
import { isMethodName } from "../method/value";
import type { Steps } from "../steps/flow";

/** Facts of every run, in whatever notebook. */
const ALWAYS: readonly MethodName[] = ["study", "profile", "seed"];

/**
 * The parameters that a notebook uses, in the order of the file: those of the steps that the file
 * names for it, and those that it reads itself; all of a notebook that the file does not know.
 *
 * @throws InputError when the file names what is neither a step nor a parameter
 */
export function usedParameters(
  file: MethodFile,
  id: string,
  steps: Steps,
  method: Method,
): MethodName[] {
  const uses = file.notebooks[id];
  const all = Object.keys(file.parameters) as MethodName[];
  if (uses === undefined) return all;
  const read = new Set<string>(ALWAYS);
  for (const name of uses) {
    if (isMethodName(name)) read.add(name);
    else if (name in steps) for (const each of steps[name as keyof Steps].reads) read.add(each);
    else throw unknownUse(file.file, id, name, [...Object.keys(steps), ...Object.keys(method)]);
  }
  return all.filter((name) => read.has(name));
}

function unknownUse(file: string, id: string, found: string, known: readonly string[]): InputError {
  return new InputError({
    kind: "parameter",
    ...{ file, field: `notebooks.${id}`, found: `"${found}"` },
    expected: "names of steps and parameters",
    remedy: `Nearest: ${nearestNames(found, known).join(", ")}.`,
  });
}
