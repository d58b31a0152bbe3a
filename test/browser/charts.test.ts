import type { Locator, Page } from "playwright-core";
import { expect, it } from "vitest";
import type { Figure } from "../../lib/src/figures/figure";
import { rasterMap } from "../../lib/src/figures/raster-map";
import { rocCurves } from "../../lib/src/figures/roc-curves";
import { successRatePanels } from "../../lib/src/figures/success-rate-panels";
import { patchGrid } from "../../lib/src/patches/assemble";
import { occurrences, patches, scores, spread, threshold } from "../figures/live-figures";
import { figures } from "../figures/still-figures";
import { describeInBrowser } from "../support/browser";
import { chartPage } from "../support/chart-page";

/** Curves with corners far apart: (20, 80) at 0.7, and (50, 60) at 0.4. */
const rocs = rocCurves({
  title: "ROC",
  curves: [["first", 0.2, 0.8, 0.7] as const, ["second", 0.5, 0.6, 0.4] as const].map(
    ([name, along, up, at]) => ({
      name,
      curve: {
        ...{ falsePositiveRate: [0, along, 1], truePositiveRate: [0, up, 1], auc: 0.5 },
        thresholds: [Number.POSITIVE_INFINITY, at, 0.1],
      },
    }),
  ),
});
const curve = { areaShare: [0, 0.3, 1], occurrenceShare: [0, 0.7, 1], occurrences: 10 };
const curves = ["CNN", "RF"].map((name) => ({ name, curve }));
const panels = successRatePanels({
  title: "Success rates",
  panels: ["In-sample", "Out-of-sample"].map((heading) => ({ heading, curves })),
});
const map = rasterMap({
  ...{ title: "Map", legend: "Probability", grid: patchGrid(patches, "Probability", scores) },
  points: [{ name: "Occurrence", occurrences: occurrences.slice(1) }],
});

/** Marks of a kind. */
const marks = (figure: Locator, kind: string) =>
  figure.locator(`svg.marks g.${kind}.role-mark path`);

/** Moves the pointer as a hand does: a tooltip that a leap lands on hides at the next small move. */
async function hover(page: Page, x: number, y: number): Promise<void> {
  for (const away of [2, 1, 0]) await page.mouse.move(x - away, y);
}

async function pointAt(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox();
  if (box === null) throw new Error("not drawn");
  await hover(page, box.x + box.width / 2, box.y + box.height / 2);
}

/** What the tooltip says, by its keys. */
async function tooltip(page: Page): Promise<Record<string, string>> {
  const rows = page.locator("#vg-tooltip-element.visible tr");
  await rows.first().waitFor();
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent ?? "")),
  );
  return Object.fromEntries(cells.map(([key, value]) => [key.replace(/:?\s*$/, ""), value.trim()]));
}

/** The box of the nth plot on the page; the whole chart is the first background. */
async function plot(figure: Locator, nth: number) {
  const box = await figure.locator("svg.marks path.background").nth(nth).boundingBox();
  if (box === null) throw new Error("no plot");
  return box;
}

const wordsOf = (figure: Locator) => figure.locator("svg.marks g.mark-text text").allTextContents();

describeInBrowser("figures that answer", (visit) => {
  /** A page with the figure, drawn. */
  async function drawn(figure: Figure) {
    const { page, errors } = await visit(chartPage(figure));
    await page.locator("body#drawn").waitFor();
    return { page, errors, figure: page.locator("figure") };
  }

  it("a map tells value, place and patch under the pointer, and of an occurrence its name", async () => {
    const { page, errors, figure } = await drawn(map);
    const cells = marks(figure, "mark-rect");
    expect(await cells.count()).toBe(11);
    // The second of the second row holds 0.5 and an occurrence; the third of the first row 0.75.
    await pointAt(page, cells.nth(2));
    expect(await tooltip(page)).toEqual({
      ...{ Probability: "0.750", "Easting (km)": "1.0", "Northing (km)": "1.0" },
      Cell: "patch in row 1, column 3",
    });
    await pointAt(page, cells.nth(5));
    expect(await tooltip(page)).toMatchObject({ Occurrence: "Cedar", Commodity: "Cu" });
    expect(errors).toEqual([]);
  });

  it("the slider paints the map, moves the point and tells shares and counts", async () => {
    const { errors, figure } = await drawn(threshold);
    const painted = figure.locator('svg.marks g.mark-rect.role-mark path[fill="#56B4E9"]');
    const dot = figure.locator('svg.marks g.mark-symbol path[fill="#D55E00"]').last();
    expect(await painted.count()).toBe(6);
    expect((await wordsOf(figure)).join(" ")).toContain("54.5 % of the area");
    const before = await dot.boundingBox();
    await figure.locator("input[type=range]").fill("0.61");
    await expect.poll(() => painted.count()).toBe(3);
    const words = (await wordsOf(figure)).join(" ");
    expect(words).toContain("27.3 % of the area");
    expect(words).toContain("1 of 4 occurrences");
    // Wilson's interval of one in four, as textbooks print it: .046 to .699.
    expect(words).toContain("25.0 % (4.6 to 69.9 %)");
    const after = await dot.boundingBox();
    const { width } = await plot(figure, 2);
    // From 54.5 % to 27.3 % of the area.
    expect(((before?.x ?? 0) - (after?.x ?? 0)) / width).toBeCloseTo(0.273, 2);
    expect(errors).toEqual([]);
  });

  it("a range brushed in the histogram lights up its patches and counts them", async () => {
    const { page, errors, figure } = await drawn(spread);
    const { x, y, width, height } = await plot(figure, 1);
    const lit = figure.locator(
      'svg.marks g.concat_1_group g.mark-rect.role-mark path[fill="transparent"]',
    );
    expect(await lit.count()).toBe(11);
    // The axis runs from 0.001 to 0.1 by powers: beyond 55 % lie the last five of eleven.
    const middle = y + height / 2;
    await page.mouse.move(x + 0.55 * width, middle);
    await page.mouse.down();
    await page.mouse.move(x + 0.8 * width, middle, { steps: 4 });
    await page.mouse.move(x + width, middle, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => lit.count()).toBe(5);
    const words = (await wordsOf(figure)).join(" ");
    expect(words).toContain("5 of 11 patches (45.5 %)");
    // Dogwood alone: the others are in the first, fourth and sixth patch.
    expect(words).toContain("1 of 4 occurrences");
    await page.mouse.dblclick(x + 0.3 * width, middle);
    await expect.poll(() => lit.count()).toBe(11);
    expect(errors).toEqual([]);
  });

  it("a click in a key fades the other series, with shift another joins, a double click ends it", async () => {
    for (const [shown, each] of [
      [rocs, 1],
      [panels, 2],
    ] as const) {
      const { errors, figure } = await drawn(shown);
      const lines = marks(figure, "mark-line");
      const opacities = () =>
        lines.evaluateAll((all) => all.map((line) => Number(line.getAttribute("opacity"))));
      const all = (...of: number[]) => Array.from({ length: each }, () => of).flat();
      const [first, second] = [0, 1].map((nth) =>
        figure.locator("svg.marks g.role-legend-label text").nth(nth),
      );
      expect(await opacities()).toEqual(all(1, 1));
      await first.click();
      await expect.poll(opacities).toEqual(all(1, 0.15));
      await second.click({ modifiers: ["Shift"] });
      await expect.poll(opacities).toEqual(all(1, 1));
      await second.click();
      await expect.poll(opacities).toEqual(all(0.15, 1));
      await first.dblclick();
      await expect.poll(opacities).toEqual(all(1, 1));
      expect(errors).toEqual([]);
    }
  });

  it("the nearest point of a curve is told with its threshold, and has a dot", async () => {
    const { page, errors, figure } = await drawn(rocs);
    const { x, y, width, height } = await plot(figure, 0);
    const dots = figure.locator('svg.marks g.mark-symbol.role-mark path[fill="#ffffff"]');
    expect(await dots.count()).toBe(0);
    await hover(page, x + 0.25 * width, y + 0.3 * height);
    expect(await tooltip(page)).toMatchObject({
      ...{ Threshold: "0.7", "False positive rate (%)": "20.0" },
      "True positive rate (%)": "80.0",
    });
    const dot = await dots.first().boundingBox();
    expect(((dot?.x ?? 0) + (dot?.width ?? 0) / 2 - x) / width).toBeCloseTo(0.2, 2);
    await hover(page, x + 0.55 * width, y + 0.5 * height);
    expect(await tooltip(page)).toMatchObject({ Threshold: "0.4" });
    expect(errors).toEqual([]);
  });

  it("every kind is drawn without an error", async () => {
    for (const shown of Object.values(figures)) expect((await drawn(shown)).errors).toEqual([]);
  });
});
