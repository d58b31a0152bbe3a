import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { labelled } from "../../lib/src/figures/figure";
import { renderSvg } from "../../lib/src/figures/render";
import { laidOutSize } from "../../lib/src/figures/vega-runtime";
import { spread, threshold } from "./live-figures";
import { figures } from "./still-figures";

const study = { title: "Hezuo", kind: "synthetic", licence: "MIT" } as const;

/** Of the drawings of commit 9ea4fad, before figures answered to the pointer. */
const DRAWN: Readonly<Record<string, string>> = {
  map: "d386565d2ec596b0",
  shared: "0a204a0115e09e8b",
  apart: "a050f89a206f93e5",
  rocs: "bf2d08ff5b88b4ec",
  comparedRocs: "1bfef9592970a831",
  successRate: "4526de4697bd30b6",
  successRates: "7ed956e8ecfe26bb",
  predictionArea: "6f1dca200a8a1a58",
  reliability: "f1dcfaf945b220ea",
  learning: "f1b0231c68838e96",
  intervals: "a79ecba9675a5f91",
  importance: "801037dce7565312",
  ranks: "834a599d025907ef",
  responses: "f748a5015ea04008",
  variogram: "0a583ba44b63e01e",
  histogram: "5521d6cdbb6f6291",
};

describe("what is printed", () => {
  it.each(Object.keys(DRAWN))("%s is drawn as before it answered to the pointer", async (name) => {
    const svg = await renderSvg(labelled(figures[name], study, { changed: "epochs 50 (20)" }));
    // Curves had these from the key that fades them, which stood in the printed spec then.
    const bare = svg
      .replace(/ curve_legend_\w+/g, "")
      .replace(/ (opacity="1"|pointer-events="none")/g, "");
    expect(createHash("sha256").update(bare).digest("hex").slice(0, 16)).toBe(DRAWN[name]);
  });

  it("has nothing that waits for a pointer, though each of these figures answers on a screen", async () => {
    for (const figure of [...Object.values(figures), threshold, spread]) {
      expect(JSON.stringify(figure.spec)).not.toMatch(/"(select|bind|on)":/);
      expect(figure.live).toBeDefined();
    }
  });

  it.each(Object.entries({ ...figures, threshold, spread }))(
    "%s takes the same room on a screen",
    (_, { spec, live = spec }) => {
      expect(laidOutSize(live)).toEqual(laidOutSize(spec));
    },
  );

  it("does not hang on what is shown on a screen, not even in the names of its clip paths", async () => {
    const { live, ...still } = figures.reliability;
    expect(live).toBeDefined();
    expect(await renderSvg(still)).toBe(await renderSvg(figures.reliability));
  });

  it("and what is shown both bear the study's title, and that it is synthetic", () => {
    const { spec, live } = labelled(figures.map, study, { changed: "epochs 50 (20)" });
    expect(live?.title).toEqual(spec.title);
    expect(JSON.stringify(live?.title)).toMatch(/synthetic data.*Changed: epochs 50/);
  });
});
