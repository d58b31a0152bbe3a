import { describe, expect, it } from "vitest";
import { lanesFor, threadsWorth } from "../../lib/src/runs/lanes";
import { workBetweenMeetings } from "../../lib/src/training/cost";

const paper = { size: 12, bands: 9 };
const autoencoder = (...filters: number[]) =>
  workBetweenMeetings({ kind: "autoencoder", architecture: "full", filters }, paper, 32);

describe("threads that a training is worth", () => {
  it("are one where a second was measured to gain nothing, and more where it gained", () => {
    expect(threadsWorth(autoencoder(8, 4), 2)).toBe(1);
    expect(threadsWorth(autoencoder(16, 8), 2)).toBe(2);
    expect(threadsWorth(autoencoder(32, 16), 2)).toBe(2);
    expect(threadsWorth(autoencoder(32, 64), 8)).toBe(4);
  });

  it("are no more than there are cores, nor than a batch has parts, and one at least", () => {
    expect(threadsWorth(1e12, 3)).toBe(3);
    expect(threadsWorth(1e12, 64)).toBe(4);
    expect(threadsWorth(1, 64)).toBe(1);
    expect(threadsWorth(undefined, 2)).toBe(2);
    expect(threadsWorth(undefined, 64)).toBe(4);
    expect(threadsWorth(Number.NaN, 64)).toBe(1);
  });

  it("are one for the paper's classifier, whose threads meet eight times a batch", () => {
    const network = { kind: "classifier", filters: [32, 64], dense: 128 } as const;
    // 12x12: 9 to 32; 6x6: 32 to 64; 576 to 128 and to 1; the rest touches values.
    const patch = 9 * (144 * 9 * 32 + 36 * 32 * 64) + 576 * 128 + 128;
    const work = workBetweenMeetings(network, paper, 32);
    expect(work).toBeGreaterThan((32 * patch) / 8);
    expect(work).toBeLessThan((1.03 * 32 * patch) / 8);
    expect(threadsWorth(work, 2)).toBe(1);
  });

  it("go by half the work of a batch where no layer normalises, which is that of its patches", () => {
    // 12x12: 9 to 16; 6x6: 16 to 8; 3x3: 8 to 8; 6x6: 8 to 16; 12x12: 16 to 9; two pools' values.
    const patch =
      9 * (144 * 9 * 16 + 36 * 16 * 8 + 9 * 8 * 8 + 36 * 8 * 16 + 144 * 16 * 9) + 36 * 16 + 9 * 8;
    expect(autoencoder(16, 8)).toBe(16 * patch);
    expect(16 * patch).toBe(7_392_384);
  });
});

describe("trainings", () => {
  const [small, large] = [1e6, 1e9];

  it("as many as there are cores run side by side on one thread each, however large", () => {
    expect(lanesFor([large, large], 2)).toMatchObject({ beside: 2 });
    expect(lanesFor(Array(9).fill(small), 4)).toMatchObject({ beside: 8 });
  });

  it("left over and large are one after another on four threads each", () => {
    expect(lanesFor([large], 2)).toEqual({ beside: 0, lanes: 1, threads: 2 });
    expect(lanesFor([large, large, large], 4)).toEqual({ beside: 0, lanes: 1, threads: 4 });
    expect(lanesFor([large, large, large], 8)).toEqual({ beside: 0, lanes: 2, threads: 4 });
  });

  it("left over and small are side by side", () => {
    expect(lanesFor([small, small, small], 4)).toEqual({ beside: 0, lanes: 3, threads: 1 });
    expect(lanesFor([8e6, small, small], 8)).toEqual({ beside: 0, lanes: 3, threads: 2 });
  });

  it("of which none wait need a lane all the same", () => {
    expect(lanesFor([], 4)).toEqual({ beside: 0, lanes: 1, threads: 4 });
    expect(lanesFor([large, large], 1)).toEqual({ beside: 2, lanes: 1, threads: 1 });
  });
});
