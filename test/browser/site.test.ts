import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildPages } from "../../scripts/site/build-pages";
import { listedNotebooks } from "../../scripts/site/executed";
import { sitePages } from "../../scripts/site/pages";
import { axeViolations } from "../support/axe-violations";
import { chromiumPath, describeInBrowser, overflowing } from "../support/browser";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "site-"));
const addressOf = (page: string) => pathToFileURL(join(folder, page)).href;

beforeAll(async () => {
  if (chromiumPath === null) return;
  const notebooks = listedNotebooks(root);
  await buildPages(root, folder, { studies: [], notebooks, comparisons: [], extras: [] });
});

afterAll(() => rmSync(folder, { recursive: true }));

describeInBrowser("the site", (visit) => {
  it.each(sitePages.map(({ page }) => page))(
    "%s fits wide and narrow, can be read by everybody, and asks for nothing from outside",
    async (name) => {
      for (const [width, colorScheme] of [
        [1300, "light"],
        [360, "dark"],
      ] as const) {
        const options = { viewport: { width, height: 800 }, colorScheme };
        const { page, errors, requests } = await visit(addressOf(name), options);
        expect(errors).toEqual([]);
        expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
        expect(await overflowing(page, "main")).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(width);
        expect(await axeViolations(page)).toEqual([]);
        await page.context().close();
      }
    },
  );

  it("finds names of the library as they are typed, and shows all again for a link to one", async () => {
    const { page } = await visit(addressOf("library.html"));
    const shown = () => page.locator("article.name:visible h3").allInnerTexts();
    const all = (await shown()).length;
    await page.getByRole("searchbox", { name: "Find" }).fill("nearest training rows");
    expect(await shown()).toContain("neighbourDistances");
    expect((await shown()).length).toBeLessThan(10);
    await page.getByRole("searchbox", { name: "Find" }).fill("no such words");
    expect(await shown()).toEqual([]);
    expect(await page.locator("form.find output").textContent()).toBe(`0 of ${all}`);
    await page.evaluate(() => {
      location.hash = "#pearson";
    });
    await expect.poll(async () => (await shown()).length).toBe(all);
  });

  it("leads on a narrow screen to the contents, which stand below the page", async () => {
    const { page } = await visit(addressOf("index.html"), {
      viewport: { width: 360, height: 740 },
    });
    await page.getByRole("link", { name: "Contents", exact: true }).click();
    const link = page.getByRole("link", { name: "Teaching with it" }).last();
    expect((await link.boundingBox())?.y).toBeLessThan(740);
    await link.click();
    expect(page.url()).toBe(addressOf("guide/teaching.html"));
  });
});
