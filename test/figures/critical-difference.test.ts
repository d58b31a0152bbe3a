import { expect, it } from "vitest";
import { criticalDifferencePlot } from "../../lib/src/figures/critical-difference";
import { renderSvg } from "../../lib/src/figures/render";

const friedman = {
  methods: ["A", "C", "B"],
  districts: 7,
  averageRanks: Float64Array.of(1, 3, 1.5),
  ...{ ranks: [], chiSquare: 0, chiSquareP: 1, f: 0, fP: 1 },
};
const nemenyi = { criticalDifference: 1, significance: 0.05, groups: [["A", "B"]], p: [] };

/** Coordinates of the drawn paths of a colour, x and y by turns. */
function paths(svg: string, colour: string): number[][] {
  const drawn = [...svg.matchAll(/<path[^>]*? d="(M[^"]*)"[^>]*?stroke="([^"]*)"/g)];
  return drawn
    .filter(([, , stroke]) => stroke === colour)
    .map(([, d]) => [...d.matchAll(/-?[\d.]+/g)].map(Number));
}

it("a critical-difference diagram has methods at their ranks, and a bar over those not told apart", async () => {
  const figure = criticalDifferencePlot({ title: "Ranks", friedman, nemenyi });
  const svg = await renderSvg(figure);
  const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(words).toContain("Average rank over 7 districts, 1 is best");
  expect(words).toContain("Critical difference 1.00 (Nemenyi, 0.05)");
  // The better half on the left from the top, the rest on the right from the worst.
  const names = words.filter((word) => /^[ABC]\s+\d/.test(word)).map((word) => word.slice(0, 1));
  expect(names).toEqual(["A", "B", "C"]);
  const elbows = paths(svg, "#222222").filter((numbers) => numbers.length === 6);
  const [a, b, c] = elbows.map(([left]) => left);
  expect((b - a) / (c - a)).toBeCloseTo(0.25, 4);
  const [ruler] = paths(svg, "#8a8a8a");
  // Down at rank 1, across by the critical difference: half of the axis of two ranks.
  const places = ruler.filter((_, at) => at % 2 === 0);
  expect(places[0]).toBe(a);
  expect((Math.max(...places) - a) / (c - a)).toBeCloseTo(0.5, 4);
  const [bar] = paths(svg, "#0072B2");
  expect([bar[0], bar[2]]).toEqual([expect.closeTo(a - 3, 3), expect.closeTo(b + 3, 3)]);
  expect(figure.alt).toBe("Ranks. A, B are not told apart.");
});

it("without groups it says that all are told apart", () => {
  const none = { ...nemenyi, groups: [] };
  const { alt } = criticalDifferencePlot({ title: "Ranks", friedman, nemenyi: none });
  expect(alt).toBe("Ranks. All are told apart.");
});
