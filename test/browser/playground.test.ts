import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { buildPlayground } from "../../scripts/playground/build/build";
import { axeViolations } from "../support/axe-violations";
import { describeInBrowser, expectAsKept, overflowing } from "../support/browser";

const root = resolve(__dirname, "..", "..");

/** What is said of scores, such as "Fingerprint 3d62a5ea": the first digits of their SHA-256. */
const SCORES = ".fingerprint";

/** What stands in an element, spaces and ends of lines made one space. */
async function textOf(locator: Locator): Promise<string> {
  return ((await locator.textContent()) ?? "").replace(/\s+/g, " ").trim();
}

async function opened(page: Page): Promise<void> {
  await page.locator(".numbers").getByText("PCA error").waitFor();
}

async function trained(page: Page, network: "autoencoder" | "classifier"): Promise<string> {
  await page.locator(`[name=train-${network}]`).click();
  // The page is drawn anew in the next frame.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  const said = page.locator(`.training:has([name=train-${network}]) ${SCORES}`);
  await said.waitFor({ timeout: 30_000 });
  return textOf(said);
}

const pixels = (page: Page) =>
  page.locator("canvas.map").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

describeInBrowser("the playground, from a disk", (visit) => {
  let folder = "";
  let url = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "playground-"));
    const packs = [{ study: "hezuo-synthetic", coarsening: 4 }];
    const { page } = await buildPlayground({ root, packs, out: folder, say: () => undefined });
    url = pathToFileURL(page).href;
  });

  it("shows a synthetic district and its baselines, asks for nothing else, and no name is missing", async () => {
    const { page, errors, requests } = await visit(url);
    await opened(page);
    expect(await textOf(page.locator(".middle h2"))).toMatch(/synthetic/i);
    expect(requests.every((each) => each.startsWith("file:") || each.startsWith("blob:"))).toBe(
      true,
    );
    expect(await overflowing(page, "body")).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    expectAsKept("playground-start", await page.screenshot());
    expect(errors).toEqual([]);
  });

  it("trains, draws the error, and counts ground and occurrences as the threshold moves", async () => {
    const { page, errors } = await visit(url);
    await opened(page);
    const before = await pixels(page);
    await trained(page, "autoencoder");
    expect(await textOf(page.locator(".made-by"))).toContain("Made by 20 epochs");
    const row = page.locator(".numbers tr", { hasText: "Reconstruction error" });
    expect(await textOf(row)).toMatch(/0\.\d\d \(0\.\d\d to 0\.\d\d\)/);
    const error = await pixels(page);
    expect(error).not.toBe(before);
    // 252 patches and 33 occurrences in them: a fifth of the ground is 50.
    expect(await textOf(page.locator(".counts"))).toContain("50 of 252 patches (20 %)");
    await page.locator("[name=ground]").focus();
    await page.keyboard.press("End");
    const all = "252 of 252 patches (100 %) hold 33 of 33 occurrences (100 %)";
    await page.locator(".counts", { hasText: all }).waitFor();
    expect(await pixels(page)).not.toBe(error);
    await page.waitForURL(/ground=1$/);
    expect(errors).toEqual([]);
  });

  it("lets a patch be read by the keyboard alone, beside what the network makes of it", async () => {
    const { page } = await visit(url);
    await opened(page);
    await trained(page, "autoencoder");
    await page.locator("canvas.map").focus();
    await page.keyboard.press("Home");
    const summary = page.locator("#patch-summary");
    await summary.getByText("rank 1 of 252 from the highest").waitFor();
    await page.keyboard.press("PageDown");
    await summary.getByText("rank 2 of 252 from the highest").waitFor();
    await page.locator("canvas.thumbnail").first().waitFor();
    const shares = await page.locator(".layers tbody td:last-child").allInnerTexts();
    const sum = shares.reduce((total, text) => total + Number.parseFloat(text), 0);
    // Nine shares, each rounded to a whole per cent.
    expect(Math.abs(sum - 100)).toBeLessThanOrEqual(4.5);
  });

  it("holds two kept runs against each other, and says by what each was made", async () => {
    const { page, errors } = await visit(url);
    await opened(page);
    await trained(page, "autoencoder");
    await page.locator("[name=keep]").click();
    await page.locator("[name='filters.0']").fill("32");
    await page.locator("[name='filters.1']").fill("16");
    await page.locator("[name='filters.1']").blur();
    await page.getByText("The settings ask for something else by now: filters 32, 16.").waitFor();
    expect(await textOf(page.locator(".made-by"))).toContain("all else as in method.json");
    await trained(page, "autoencoder");
    await page.locator("[name=keep]").click();
    const rows = page.locator(".kept tbody tr");
    await rows.nth(1).waitFor();
    expect(await textOf(rows.nth(0))).toMatch(/^A Error 8, 4 0\.\d\d/);
    expect(await textOf(rows.nth(1))).toMatch(/^B Error 32, 16 0\.\d\d/);
    await page.locator("[name=difference]").click();
    await page.getByText("Correlation of the two:").waitFor();
    expect(await textOf(page.locator("pre.command"))).toBe(
      "npm run study -- --study hezuo-synthetic --set coarsening=4 --set filters=32,16",
    );
    expect(await overflowing(page, "body")).toEqual([]);
    expect(await axeViolations(page)).toEqual([]);
    expectAsKept("playground-compared", await page.screenshot());
    expect(errors).toEqual([]);
  });

  it("trains the classifier on the errors", async () => {
    const { page, errors } = await visit(url);
    await opened(page);
    expect(await page.locator("[name=train-classifier]").isDisabled()).toBe(true);
    await trained(page, "autoencoder");
    await trained(page, "classifier");
    expect(await textOf(page.locator(".made-by"))).toContain("20 classifier epochs");
    const row = page.locator(".numbers tr", { hasText: "Classifier" });
    expect(await textOf(row)).toMatch(/0\.\d\d \(0\.\d\d to 1?0?\.\d\d\)/);
    expect(errors).toEqual([]);
  });

  it("brings everything back from a link, and trains to the same bytes", async () => {
    const first = await visit(url);
    await opened(first.page);
    await first.page.locator("[name=seed]").fill("7");
    await first.page.locator("[name=epochs]").fill("3");
    await first.page.locator("[name=epochs]").blur();
    const scores = await trained(first.page, "autoencoder");
    await first.page.waitForURL(/seed=7.*map=error/);
    const second = await visit(first.page.url());
    await opened(second.page);
    expect(await second.page.locator("[name=seed]").inputValue()).toBe("7");
    expect(await textOf(second.page.locator(".note"))).toContain("press Train");
    expect(await trained(second.page, "autoencoder")).toBe(scores);
  });

  it("takes both numbers of a pair that change before it is drawn anew", async () => {
    const { page } = await visit(url);
    await opened(page);
    await page.evaluate(() => {
      for (const [name, value] of [
        ["filters.0", "16"],
        ["filters.1", "12"],
      ]) {
        const input = document.querySelector(`[name='${name}']`) as HTMLInputElement;
        input.value = value;
        input.dispatchEvent(new Event("change"));
      }
    });
    await page.waitForURL(/filters=16(,|%2C)12/);
  });

  it("that is stopped and gone on with comes to the bytes of one that was not", async () => {
    const { page } = await visit(`${url}#epochs=4`);
    await opened(page);
    const whole = await trained(page, "autoencoder");
    await page.locator("[name=reset]").click();
    const step = page.locator("[name=step-autoencoder]");
    const progress = page.locator(".middle .progress");
    for (const done of ["1 epoch ", "2 epochs", "3 epochs", "4 epochs"]) {
      await step.click();
      await progress.getByText(`Done after ${done}`).waitFor();
    }
    expect(await textOf(page.locator(`.middle ${SCORES}`))).toBe(whole);
  });

  it("listens while it trains: it can be stopped, and what is turned meanwhile waits", async () => {
    const { page } = await visit(`${url}#epochs=100000`);
    await opened(page);
    await page.locator("[name=train-autoencoder]").click();
    await page.locator(".made-by", { hasText: "Made by" }).waitFor();
    await page.locator("[name=seed]").fill("7");
    await page.locator("[name=seed]").blur();
    await page.getByText("Changed since this training began, and no part of it: seed 7.").waitFor();
    await page.locator("[name=stop-autoencoder]").click();
    await page.locator(".middle .progress", { hasText: "Stopped after" }).waitFor();
    expect(await textOf(page.locator(".made-by"))).toContain("seed 20201204");
    expect(await page.locator("[name=go-on-autoencoder]").isEnabled()).toBe(true);
  });

  it("says what of a damaged link it left, and takes the rest", async () => {
    const { page, errors } = await visit(`${url}#epochs=none&seed=9&filtres=3`);
    await opened(page);
    const note = await textOf(page.locator(".note"));
    expect(note).toContain("epochs: found");
    expect(note).toContain("nearest: filters");
    expect(await page.locator("[name=seed]").inputValue()).toBe("9");
    expect(await page.locator("[name=epochs]").inputValue()).toBe("20");
    expect(errors).toEqual([]);
  });

  it("keeps all within 360 px, and within twice the size of letters", async () => {
    for (const viewport of [
      { width: 360, height: 800 },
      { width: 650, height: 450 },
    ]) {
      const { page } = await visit(`${url}#map=error`, { viewport, colorScheme: "dark" });
      await opened(page);
      await trained(page, "autoencoder");
      await page.locator("[name=keep]").click();
      expect(await overflowing(page, "body")).toEqual([]);
      expect(await axeViolations(page)).toEqual([]);
    }
  });

  it("says that a pack is damaged", async () => {
    const name = "hezuo-synthetic-x4.js";
    const script = readFileSync(join(folder, "packs", name), "utf8");
    writeFileSync(join(folder, "packs", name), script.slice(0, script.length / 2));
    const { page } = await visit(url);
    await page.locator(".trouble", { hasText: "is damaged or cut short" }).waitFor();
    writeFileSync(join(folder, "packs", name), script);
  });
});
