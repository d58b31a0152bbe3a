import { expect, it } from "vitest";
import { renderSvg } from "../../lib/src/figures/render";
import { valuePlot } from "../../lib/src/figures/value-plot";

const estimatesAt = (numbers: readonly number[], groups = ["error", "map"]) =>
  numbers.flatMap((at) =>
    groups.map((group) => ({
      ...{ at, group },
      estimate: { value: 0.8, interval: [0.7, 0.9] as const },
    })),
  );

const plotOf = (numbers: readonly number[], groups?: string[]) =>
  valuePlot({
    ...{ title: "Areas by epochs", alongTitle: "epochs", valueTitle: "Area under the curve" },
    estimates: estimatesAt(numbers, groups),
  });

interface Layer {
  readonly mark: { readonly type: string; readonly xOffset: number };
  readonly encoding: {
    readonly x: { readonly scale: { readonly type: string }; readonly axis: { values: number[] } };
    readonly color: { readonly legend: object | null };
  };
}

const layersOf = (numbers: readonly number[], groups?: string[]) =>
  plotOf(numbers, groups).spec.layer as unknown as Layer[];

it("has a tick at each number that was tried, and groups side by side", () => {
  const layers = layersOf([20, 10, 15]);
  expect(layers[0].encoding.x.axis.values).toEqual([10, 15, 20]);
  const offsets = layers.map(({ mark }) => mark.xOffset);
  expect(offsets).toEqual([-2.5, -2.5, -2.5, 2.5, 2.5, 2.5]);
});

it("spreads numbers by their logarithm where they differ by ten times, and never 0", () => {
  expect(layersOf([10, 99])[0].encoding.x.scale.type).toBe("linear");
  expect(layersOf([10, 100])[0].encoding.x.scale.type).toBe("log");
  expect(layersOf([0, 100])[0].encoding.x.scale.type).toBe("linear");
});

it("needs no key for one group", () => {
  expect(layersOf([1, 2], ["error"])[0].encoding.color.legend).toBeNull();
});

it("draws every interval once", async () => {
  const svg = await renderSvg(plotOf([10, 20, 50]));
  expect(svg).toContain("Area under the curve");
  expect(svg.match(/mark-rule role-mark/g)).toHaveLength(2);
  expect(svg.match(/<line [^>]*stroke="#(0072B2|D55E00)"/gi)).toHaveLength(6);
});

it("marks a number with a line and a word, where one is told", async () => {
  const options = { title: "Areas", alongTitle: "share", valueTitle: "Area" };
  const estimates = estimatesAt([5, 10, 15], ["error"]);
  const marked = valuePlot({ ...options, estimates, mark: { at: 10, text: "the choice" } });
  const layers = marked.spec.layer as { readonly data?: { readonly values: unknown } }[];
  expect(layers[0].data?.values).toMatchObject([{ at: 10, text: "the choice" }]);
  expect(layers).toHaveLength(5);
  expect(await renderSvg(marked)).toContain("the choice");
});
