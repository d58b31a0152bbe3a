import { describe, expect, it } from "vitest";
import { signatureClusters } from "../../lib/src/evaluation/signature-clusters";
import { randomStream } from "../../lib/src/random";

describe("signature clusters", () => {
  it("silhouettes of four points in two pairs, worked by hand", () => {
    // 0 and 1, 10 and 11: of 0, a = 1 and b = (10 + 11) / 2 = 10.5; of 1, b = (9 + 10) / 2 = 9.5.
    const found = signatureClusters(Float64Array.of(0, 1, 10, 11), 1, {
      clusters: [2, 3],
      seed: 1,
    });
    const pair = (9.5 / 10.5 + 8.5 / 9.5) / 2;
    expect(found.clusters.map(({ members }) => [...members])).toEqual([
      [0, 1],
      [2, 3],
    ]);
    for (const { silhouette } of found.clusters) expect(silhouette).toBeCloseTo(pair, 6);
    expect(found.clusters.map(({ centre }) => [...centre])).toEqual([[0.5], [10.5]]);
    // With three, a pair stays and two stand alone, which count 0: b of the pair is 9 and 8, or so.
    const alone = [0.5 * (1 - 1 / 10), 0.5 * (1 - 1 / 9)].reduce((sum, each) => sum + each, 0) / 2;
    expect(found.tried[1].silhouette).toBeCloseTo(alone, 6);
  });

  it("finds as many clusters as there are, the largest first, whatever the seed", () => {
    const random = randomStream(2, "points");
    const centres = [
      [0, 0],
      [8, 0],
      [0, 8],
    ];
    const sizes = [20, 50, 30];
    const rows = Float64Array.from(
      sizes.flatMap((size, at) =>
        Array.from({ length: size }, () =>
          centres[at].map((value) => value + random.normal()),
        ).flat(),
      ),
    );
    for (const seed of [1, 2, 3]) {
      const { clusters } = signatureClusters(rows, 2, { clusters: [2, 6], seed });
      expect(clusters.map(({ members }) => members.length)).toEqual([50, 30, 20]);
      expect(Math.min(...clusters[0].members)).toBe(20);
    }
  });

  it("refuses fewer rows than clusters", () => {
    expect(() =>
      signatureClusters(Float64Array.of(1, 2), 1, { clusters: [2, 6], seed: 1 }),
    ).toThrow("2 to 6 of 2 rows");
  });
});
