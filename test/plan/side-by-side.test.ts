import { describe, expect, it } from "vitest";
import { kernelsAtOnce, sideBySide } from "../../scripts/work/side-by-side";

/** Runs that end when they are told to, and what has begun and ended so far. */
function watched(failing: readonly string[] = []) {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string) => {
    log.push(`${name} begins`);
    return new Promise<boolean>((resolve) =>
      ends.set(name, () => {
        log.push(`${name} ends`);
        resolve(!failing.includes(name));
      }),
    );
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
  };
  return { log, run, end };
}

const { signal } = new AbortController();

describe("notebooks side by side", () => {
  it("are as many at once as said, and one that reads the others waits for all before it", async () => {
    const { log, run, end } = watched();
    const readsOthers = (name: string) => name === "c";
    const all = sideBySide(["a", "b", "c", "d"], { run, readsOthers, signal, atOnce: 2 });
    expect(log).toEqual(["a begins", "b begins"]);
    await end("b");
    expect(log.slice(2)).toEqual(["b ends"]);
    await end("a");
    // What follows it may run beside it.
    expect(log.slice(3)).toEqual(["a ends", "c begins", "d begins"]);
    await end("d");
    await end("c");
    await all;
  });

  it("end with the first that fails: what runs beside it is waited for, nothing else begins", async () => {
    const { log, run, end } = watched(["a"]);
    const all = sideBySide(["a", "b", "c"], { run, readsOthers: () => false, signal, atOnce: 2 });
    await end("a");
    await end("b");
    await all;
    expect(log).toEqual(["a begins", "b begins", "a ends", "b ends"]);
  });

  it("tell an error once the others have ended", async () => {
    const { log, run, end } = watched();
    const broken = (name: string) =>
      name === "a" ? Promise.reject(new Error("no disk")) : run(name);
    const options = { run: broken, readsOthers: () => false, signal, atOnce: 2 };
    const all = expect(sideBySide(["a", "b"], options)).rejects.toThrow("no disk");
    await end("b");
    await all;
    expect(log).toEqual(["b begins", "b ends"]);
  });

  it("are no more than cores and memory hold, and always one", () => {
    const gibibytes = 2 ** 30;
    expect(kernelsAtOnce(2, 24 * gibibytes)).toBe(2);
    expect(kernelsAtOnce(16, 8 * gibibytes)).toBe(2);
    expect(kernelsAtOnce(4, 2 * gibibytes)).toBe(1);
  });
});
