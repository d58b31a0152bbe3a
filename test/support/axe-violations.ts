import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = createRequire(__filename).resolve("axe-core/axe.min.js");

interface Found {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** Rules by which a page keeps somebody from reading it, by axe-core, each with the first element that breaks it. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const { axe: tester } = globalThis as unknown as {
      readonly axe: { run(options: { readonly preload: boolean }): Promise<Found> };
    };
    const { violations } = await tester.run({ preload: false });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  });
}
