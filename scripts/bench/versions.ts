/**
 * Whether a version comes after another: by its numbers, and before its release where a letter follows
 * them, as in 1.13.0a0. What stands behind a plus, such as +cpu, says how it was built and counts for
 * nothing.
 */
function isNewer(version: string, other: string): boolean {
  const [one, two] = [partsOf(version), partsOf(other)];
  for (let at = 0; at < Math.max(one.numbers.length, two.numbers.length); at++) {
    const difference = (one.numbers[at] ?? 0) - (two.numbers[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return one.isRelease && !two.isRelease;
}

function partsOf(version: string) {
  const [, numbers, rest] = /^([\d.]*)(.*)$/.exec(version.split("+")[0]) as RegExpExecArray;
  return {
    numbers: numbers.split(".").filter(Boolean).map(Number),
    isRelease: !/^(a|b|rc|\.?dev)/.test(rest),
  };
}

/** The one of the newest version, the first of equal ones; null where there are none. */
export function newestOf<T>(all: readonly T[], versionOf: (one: T) => string): T | null {
  return all.reduce<T | null>(
    (best, next) => (best === null || isNewer(versionOf(next), versionOf(best)) ? next : best),
    null,
  );
}
