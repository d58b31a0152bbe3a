import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { axeViolations } from "../support/axe-violations";
import { chromiumPath, describeInBrowser, expectAsKept, overflowing } from "../support/browser";
import { executedStudy } from "../support/executed-study";

const narrow = { viewport: { width: 360, height: 740 } };
/** What of an A4 page lies between its margins of 16 and 18 mm, in CSS px of 96 an inch. */
const printed = { width: (174 / 25.4) * 96, height: (265 / 25.4) * 96 };

/** The chapter of notebook 04; an id that begins with a digit is none that "#" may stand before. */
const roc = '[id="04-roc"]';

let file = "";
let url = "";
beforeAll(async () => {
  if (chromiumPath === null) return;
  file = (await executedStudy()).report;
  url = pathToFileURL(file).href;
});

/** Waits until a chapter is open or folded: a browser tells of a new address after the click. */
const expectOpen = (page: Page, chapter: string, open: boolean) =>
  expect
    .poll(() =>
      page.evaluate(
        (id) => document.querySelector<HTMLDetailsElement>(`[id="${id}"] > details`)?.open,
        chapter,
      ),
    )
    .toBe(open);
const expectMarked = (page: Page, words: string) =>
  expect.poll(() => page.locator("nav [aria-current]").textContent()).toBe(words);
const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

/** Where a shape of a drawing stands on the screen, without the line around it. */
function shapePlace(
  shape: Locator,
): Promise<{ x: number; y: number; width: number; height: number }> {
  return shape.evaluate((element) => {
    const { x, y, width, height } = (element as SVGGraphicsElement).getBBox();
    const { a, d, e, f } = (element as SVGGraphicsElement).getScreenCTM() as DOMMatrix;
    return { x: a * x + e, y: d * y + f, width: a * width, height: d * height };
  });
}

/** Drags from a quarter to three quarters across the plot, and finds the brush there. */
async function dragOver(page: Page, within: Locator): Promise<void> {
  const plot = await shapePlace(within.locator(".background").first());
  const [from, to] = [0.25, 0.75].map((share) => plot.x + share * plot.width);
  await page.mouse.move(from, plot.y + 400);
  await page.mouse.down();
  await page.mouse.move((from + to) / 2, plot.y + 400);
  await page.mouse.move(to, plot.y + 400);
  await page.mouse.up();
  const brush = await shapePlace(within.locator(".brush_brush path"));
  expect(Math.abs(brush.x - from)).toBeLessThan(2);
  expect(Math.abs(brush.width - (to - from))).toBeLessThan(2);
}

describeInBrowser("the report", (visit) => {
  it("asks for nothing from outside, has no error, and is small", async () => {
    const { errors, requests } = await visit(url);
    expect(requests).toEqual([url]);
    expect(errors).toEqual([]);
    // Vega is 370 kB of it packed; 830 kB and fonts of a megabyte stood in each page once.
    expect(statSync(file).size).toBeLessThan(800_000);
  });

  it.each([
    ["1300", {}],
    ["360", narrow],
  ])("says it all on its first screen, %s px wide", async (width, options) => {
    const { page } = await visit(url, options);
    expectAsKept(`report-first-screen-${width}`, await page.screenshot());
  });

  it.each([
    ["1300", {}],
    ["360", narrow],
  ])(
    "has nothing wider than where it stands, %s px wide, all chapters open",
    async (_, options) => {
      const { page, errors } = await visit(url, options);
      await openAll(page);
      for (const figure of await page.locator("figure[data-spec]").all()) {
        await figure.hover();
        await figure.locator(".interactive:not([hidden]) svg.marks").waitFor();
      }
      expect(await overflowing(page, "figure")).toEqual([]);
      expect(await overflowing(page, "main")).toEqual([]);
      const [wide, window] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(wide).toBe(window);
      expect(errors).toEqual([]);
    },
  );

  it("draws a chart's menu as a small sign, where three black discs of 130 px once stood", async () => {
    const { page } = await visit(`${url}#figure-success-rate-main`);
    const figure = page.locator("#figure-success-rate-main");
    await figure.hover();
    const sign = figure.locator("summary svg");
    await sign.waitFor();
    const box = await sign.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(20);
    expect(box?.height).toBeLessThanOrEqual(20);
  });

  it("folds chapters, which links and the browser's search open", async () => {
    const { page } = await visit(url);
    await expectOpen(page, "04-roc", false);
    await page.click("nav a[href='#04-roc']");
    await expectOpen(page, "04-roc", true);
    await expectMarked(page, "4 Do high errors mark occurrences?");
    // Folded by hand, it opens by the same link again, which changes no address.
    await page.click(`${roc} > details > summary`);
    await expectOpen(page, "04-roc", false);
    await page.click("nav a[href='#04-roc']");
    await expectOpen(page, "04-roc", true);
    const found = await visit(`${url}#:~:text=formula`);
    await expectOpen(found.page, "04-roc", true);
    await expectOpen(found.page, "07-prospectivity-map", false);
    // Browsers that do not open what is folded around a link's target have the page's script for it.
    await page.evaluate(() => {
      history.replaceState(null, "", "#figure-success-rate-main");
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    });
    await expectOpen(page, "06-success-rate", true);
    const linked = await visit(`${url}#figure-prospectivity-map`);
    await expectOpen(linked.page, "07-prospectivity-map", true);
    await linked.page.click("button.fold");
    await expectOpen(linked.page, "04-roc", true);
    const fold = linked.page.locator("button.fold");
    await expect.poll(() => fold.textContent()).toBe("Fold all chapters");
  });

  it("marks in the contents, which stay in view, what is being read", async () => {
    const { page } = await visit(url);
    await expectMarked(page, "At a glance");
    await openAll(page);
    await page.evaluate(() => document.getElementById("07-prospectivity-map")?.scrollIntoView());
    await expectMarked(page, "The final map");
    const box = await page.locator("nav [aria-current]").boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect(box?.y).toBeLessThan(900);
    // Sections of other chapters are not listed.
    expect(await page.locator("nav a:visible").allInnerTexts()).not.toContain("Exercises");
  });

  it("has the contents in a bar with a menu on a narrow screen", async () => {
    const { page } = await visit(`${url}#07-prospectivity-map`, narrow);
    const menu = page.locator("nav .menu");
    await expect.poll(() => menu.textContent()).toContain("7 The prospectivity map");
    expect((await menu.boundingBox())?.y).toBeLessThan(20);
    const link = page.locator("nav a[href='#06-success-rate']");
    expect(await link.isVisible()).toBe(false);
    const before = await page.locator('[id="07-prospectivity-map"]').boundingBox();
    // By the mouse itself: Playwright's click scrolls to where a bar that stays in view stood first.
    await page.mouse.click(60, 20);
    expect(await page.locator('[id="07-prospectivity-map"]').boundingBox()).toEqual(before);
    await link.click();
    await expectOpen(page, "06-success-rate", true);
    await expect.poll(() => link.isVisible()).toBe(false);
  });

  it("enlarges a figure by click and by key to the whole window, interactive; Escape closes", async () => {
    const { page, errors } = await visit(`${url}#figure-prospectivity-map`);
    const dialog = page.locator("dialog.enlarged");
    const button = page.locator("#figure-prospectivity-map button.enlarge");
    await button.focus();
    await page.keyboard.press("Enter");
    const chart = dialog.locator(".interactive:not([hidden]) svg.marks");
    await chart.waitFor();
    const box = await chart.boundingBox();
    expect(box?.height).toBeGreaterThan(750);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.locator("#figure-prospectivity-map svg.marks").click();
    await dialog.waitFor();
    await dialog.locator("button.close").click();
    await dialog.waitFor({ state: "hidden" });
    expect(errors).toEqual([]);
  });

  it("hears the pointer where it is, however large a chart is shown; what is dragged is no click", async () => {
    const { page, errors } = await visit(`${url}#figure-tall`);
    const dialog = page.locator("dialog.enlarged");
    const figure = page.locator("#figure-tall");
    await figure.hover();
    await figure.locator("svg.marks").waitFor();
    await dragOver(page, figure);
    expect(await dialog.isVisible()).toBe(false);
    await figure.locator("button.enlarge").click();
    await dialog.locator("svg.marks").waitFor();
    // 1,370 px high by itself, it is shown in about 820.
    await dragOver(page, dialog);
    // Beside the brush, over which there are no bars to point at.
    const bar = await shapePlace(dialog.locator("path[aria-roledescription=bar]").last());
    const x = bar.x + 0.9 * bar.width;
    await page.mouse.move(x, bar.y + bar.height / 2);
    const tooltip = dialog.locator("#enlarged-tooltip.visible");
    await expect.poll(() => tooltip.textContent()).toContain("layer");
    const box = await tooltip.boundingBox();
    expect(Math.abs((box?.x ?? 0) - x)).toBeLessThan(30);
    expect(errors).toEqual([]);
  });

  it("sorts a table by value, by click and by key, up, down and as it was", async () => {
    const { page } = await visit(`${url}#04-roc`);
    const scores = () =>
      page.locator(`${roc} table`).first().locator("tbody td:first-child").allInnerTexts();
    const head = page.locator(`${roc} th`, { hasText: "AUC" });
    await head.locator("button").click();
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect(await scores()).toEqual(["PCA error", "CAE error", "Distance"]);
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    expect(await scores()).toEqual(["CAE error", "PCA error", "Distance"]);
    // By value and not by letter: 24, 300, 1,024.
    await page.locator(`${roc} th`, { hasText: /^n/ }).first().locator("button").click();
    expect(await head.getAttribute("aria-sort")).toBe(null);
    expect(await scores()).toEqual(["PCA error", "Distance", "CAE error"]);
  });

  it("copies a table as tab-separated text, as it is sorted", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const { page } = await visit(`${url}#04-roc`, { permissions });
    await page.locator(`${roc} th`, { hasText: "AUC" }).locator("button").click();
    await page.locator("button.copy").first().click();
    await page.getByText("Copied", { exact: true }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      "score\tAUC\tn\nPCA error\t0.79 (0.70 to 0.88)\t24\nCAE error\t0.81 (0.72 to 0.90)\t1,024\nDistance\t–\t300",
    );
  });

  it("prints all chapters, each from a new page, and no figure cut", async () => {
    const { page } = await visit(url);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    // First screen, three chapters, the record.
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(5);
    await expectOpen(page, "04-roc", false);
    // What is enlarged at the time is not laid over the pages.
    await page.locator(".pictures button.enlarge").first().click();
    expect(await page.locator("dialog.enlarged").isVisible()).toBe(true);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("dialog.enlarged").isVisible()).toBe(false);
    await page.setViewportSize({ width: Math.floor(printed.width), height: 900 });
    await openAll(page);
    for (const figure of await page.locator(".chapter figure").all()) {
      const box = await figure.boundingBox();
      expect(box?.width).toBeLessThanOrEqual(printed.width);
      expect(box?.height).toBeLessThanOrEqual(printed.height);
      expect(await figure.evaluate((element) => getComputedStyle(element).breakInside)).toBe(
        "avoid",
      );
    }
  });

  it("shows the same drawings without JavaScript", async () => {
    const [withScript, without] = [
      await visit(url),
      await visit(url, { javaScriptEnabled: false }),
    ].map(({ page }) => page.locator(".pictures .drawing").first());
    const drawn = await without.screenshot();
    expect(drawn.equals(await withScript.screenshot())).toBe(true);
    // Not a white box: the map's image comes from elsewhere in the page.
    expect(drawn.length).toBeGreaterThan(20_000);
  });

  it.each(["light", "dark"] as const)("can be read by everybody, %s", async (colorScheme) => {
    const { page } = await visit(url, { colorScheme });
    await openAll(page);
    expect(await axeViolations(page)).toEqual([]);
  });

  it("leads past the contents by its first link", async () => {
    const { page } = await visit(url);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
  });
});
