import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import pixelmatch from "pixelmatch";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { chromiumPath } from "../../scripts/browser/chromium-path.mjs";
import { served } from "../../scripts/browser/served";

export { chromiumPath, served };

/** A page, and what went wrong in it: errors of the console, of scripts and of requests. */
export interface Visit {
  readonly page: Page;
  readonly errors: readonly string[];
  /** All that was asked for, in order. */
  readonly requests: readonly string[];
}

/** Opens pages in a context of their own, which ends with the group's tests. */
export type Visitor = (url: string, options?: BrowserContextOptions) => Promise<Visit>;

/**
 * A group of tests in a real browser; where the machine has none it is passed over, and said so.
 *
 * @param flags further ones that the browser is started with
 */
export function describeInBrowser(
  title: string,
  tests: (visit: Visitor) => void,
  flags: readonly string[] = [],
): void {
  if (chromiumPath === null) {
    console.warn(
      `Passed over: ${title}. No Chromium or Chrome is installed; put its path into PROSPECTIVITY_CHROMIUM.`,
    );
  }
  describe.skipIf(chromiumPath === null)(`${title}, in Chromium`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: chromiumPath as string,
        args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", ...flags],
      });
    });
    afterAll(() => browser?.close());
    tests(async (url, options = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1300, height: 900 },
        colorScheme: "light",
        reducedMotion: "reduce",
        ...options,
      });
      const page = await context.newPage();
      const errors: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("requestfailed", (request) => errors.push(`failed: ${request.url()}`));
      page.on("request", (request) => requests.push(request.url()));
      await deliverLate(page);
      await page.goto(url);
      return { page, errors, requests };
    });
  });
}

/**
 * Delivers what a browser may deliver late (frames, observers, tidings of addresses, folds and
 * workers) as many milliseconds later as PROSPECTIVITY_LATE says: what a test reads before the page
 * has answered then fails at once, and not once in a while on a busy machine.
 */
async function deliverLate(page: Page): Promise<void> {
  const late = Number(process.env.PROSPECTIVITY_LATE ?? 0);
  if (!(late > 0)) return;
  await page.addInitScript((wait) => {
    const listen = EventTarget.prototype.addEventListener;
    const kinds = ["hashchange", "popstate", "toggle", "close", "message", "scroll", "resize"];
    EventTarget.prototype.addEventListener = function (kind, listener, options) {
      if (listener === null || !kinds.includes(kind))
        return listen.call(this, kind, listener, options);
      const later = (event: Event) =>
        setTimeout(() => {
          if (typeof listener === "function") listener.call(this, event);
          else listener.handleEvent(event);
        }, wait);
      listen.call(this, kind, later, options);
    };
    const frame = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      frame(() => setTimeout(() => callback(performance.now()), wait));
    const Observer = window.IntersectionObserver;
    window.IntersectionObserver = class extends Observer {
      constructor(callback: IntersectionObserverCallback, options?: IntersectionObserverInit) {
        super((entries, self) => setTimeout(() => callback(entries, self), wait), options);
      }
    };
  }, late);
}

/** Elements that reach beyond the right edge of the nearest `within` around them, as tag and class. */
export function overflowing(page: Page, within: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const found: string[] = [];
    for (const frame of document.querySelectorAll(selector)) {
      const edge = frame.getBoundingClientRect().right + 1;
      for (const element of frame.querySelectorAll("*")) {
        // What is inside a drawing is cut at its edge; what scrolls is meant to be wider.
        if (element.parentElement?.closest("svg, canvas") != null) continue;
        const scrolls = element.parentElement?.closest(".scrolls, .output, pre");
        if (scrolls != null && frame.contains(scrolls)) continue;
        const box = element.getBoundingClientRect();
        if (box.width > 0 && box.right > edge) {
          found.push(`${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`);
        }
      }
    }
    return found;
  }, within);
}

const kept = join(__dirname, "..", "browser", "kept");

/**
 * Holds a screenshot against the kept one: at most a share of its pixels may look different. Where
 * none is kept, or with PROSPECTIVITY_KEEP=1, it is kept and has to be looked at and committed.
 */
export function expectAsKept(name: string, png: Uint8Array, tolerance = 0.02): void {
  const path = join(kept, `${name}.png`);
  if (process.env.PROSPECTIVITY_KEEP === "1") {
    mkdirSync(kept, { recursive: true });
    writeFileSync(path, png);
  }
  expect(existsSync(path), `test/browser/kept/${name}.png; keep it with PROSPECTIVITY_KEEP=1`).toBe(
    true,
  );
  const now = rgba(png);
  const then = rgba(readFileSync(path));
  expect([now.width, now.height], `${name}: size`).toEqual([then.width, then.height]);
  const unlike = pixelmatch(now.data, then.data, undefined, now.width, now.height, {
    threshold: 0.2,
  });
  expect(unlike / (now.width * now.height), `${name}: share of pixels that differ`).toBeLessThan(
    tolerance,
  );
}

function rgba(png: Uint8Array) {
  const { width, height, data, channels } = decode(png);
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) {
    for (let channel = 0; channel < channels; channel++) {
      pixels[at * 4 + channel] = data[at * channels + channel];
    }
  }
  return { width, height, data: pixels };
}
