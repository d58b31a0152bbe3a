import { html, nothing, type TemplateResult } from "lit-html";
import type { PackedDistrict } from "../protocol";
import { type Setup, setupHash } from "./address";

/** Whoever brings no address may not know what to do here. */
const isFirstVisit = location.hash === "";

/** Three experiments to begin with, as links that hold the whole setup. */
export function experimentsView(
  { parameters: own, layers }: PackedDistrict,
  setup: Setup,
): TemplateResult {
  const link = (changes: Partial<Setup["parameters"]>) =>
    setupHash({ ...setup, parameters: { ...own, ...changes }, map: "error" });
  const narrow: [number, number] = [8, 4];
  const wide: [number, number] = [32, 16];
  const without = layers.slice(1).map(({ id }) => id);
  const seed = own.seed + 1;
  return html`<details class="guide" ?open=${isFirstVisit}>
    <summary>Three experiments to begin with</summary>
    <ol class="experiments">
    <li>
      <a href=${link({ filters: narrow })}>8 filters</a> instead of
      <a href=${link({ filters: wide })}>32</a>: train one, keep it, train the other, keep it, and show
      their difference. More filters give patches back better, so the loss falls; does the AUC rise
      by more than its interval?
    </li>
    <li>
      <a href=${link({ seed })}>Another seed</a>: nothing but chance changes. How much of the map
      stays, and is the difference to your first experiment larger than this one?
    </li>
    ${
      without.length === 0
        ? nothing
        : html`<li>
            <a href=${link({ layers: without })}>Without ${layers[0].title}</a>: does the error map
            still find the occurrences, and does it still beat the best single layer?
          </li>`
    }
  </ol>
  </details>`;
}
