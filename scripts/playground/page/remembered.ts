/** A function that gives its last result again as long as it is asked for the same. */
export function remembered<Args extends readonly unknown[], Result>(
  compute: (...args: Args) => Result,
): (...args: Args) => Result {
  let last: { readonly args: Args; readonly result: Result } | null = null;
  return (...args) => {
    if (last === null || !args.every((each, at) => each === last?.args[at])) {
      last = { args, result: compute(...args) };
    }
    return last.result;
  };
}
