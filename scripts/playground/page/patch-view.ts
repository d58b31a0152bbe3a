import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { colourScale, LEVELS } from "../../../lib/src/figures/colour-scale";
import type { PackedDistrict } from "../protocol";
import type { Setup } from "./address";
import type { MapContent } from "./map-content";
import { groupIndex } from "./runs";
import { placeOf } from "./selection";
import { type State, trainingOf } from "./state";
import { figure, percent } from "./words";

/** What there is to tell of the patch at hand: one line of it, and layer by layer. */
export function patchView(
  state: State,
  setup: Setup,
  content: MapContent | string,
): TemplateResult {
  const { patch } = state;
  const count = typeof content === "string" ? 0 : content.values.length;
  if (typeof content === "string" || patch === null || patch >= count) {
    return html`<p id="patch-summary" class="quiet" aria-live="polite">
      Point at the map, or move over it by the arrow keys, to read a patch.
    </p>`;
  }
  const summary = patchSummary(state, setup, content, patch);
  const fits = state.autoencoder?.cut === content.cut;
  const inspected = fits && state.inspected?.patch === patch ? state.inspected : null;
  const district = state.district as PackedDistrict;
  const { layers } = content.cut.parameters;
  // A map that changes by itself is not to talk all the time.
  const live = trainingOf(state) === null ? "polite" : "off";
  return html`<p id="patch-summary" aria-live=${live}>${summary}</p>
    <div class="scrolls">
      <table class="layers">
        <thead>
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">Mean</th>
            <th scope="col">Patch</th>
            <th scope="col">Given back</th>
            <th scope="col">Share of the error</th>
          </tr>
        </thead>
        <tbody>
          ${layers.map((id, at) => {
            const layer = district.layers.find((each) => each.id === id);
            const mean = content.cut.prepared.means[patch * layers.length + at];
            return html`<tr>
              <th scope="row">${layer?.title ?? id}</th>
              <td>${figure(mean)} ${layer?.unit ?? ""}</td>
              <td>${thumbnail(inspected?.values[at], inspected?.size, `${layer?.label} as it is`)}</td>
              <td>${thumbnail(inspected?.reconstruction[at], inspected?.size, `${layer?.label} as the auto-encoder gives it back`)}</td>
              <td>${inspected === null ? nothing : shareView(inspected.shares[at])}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${
      inspected === null
        ? html`<p class="quiet">
            ${state.autoencoder === null ? "Once an auto-encoder is trained, the patch stands beside what it makes of it." : "…"}
          </p>`
        : html`<p class="quiet">Layers scaled to 0 to 1, dark to light.</p>`
    }`;
}

/** One sentence: which patch, its value and place, occurrences inside. */
function patchSummary(
  { district }: State,
  { group }: Setup,
  { cut, values, title, unit, isScore }: MapContent,
  patch: number,
): string {
  const { places, groups } = cut.prepared;
  const place = placeOf(values, patch);
  const rank = `${place.toLocaleString("en")} of ${values.length.toLocaleString("en")} from the highest`;
  const held = groups[groupIndex(cut, group)].held.filter((each) => each.patch === patch);
  const names = held
    .slice(0, 3)
    .map(({ occurrence }) => {
      const { name, commodity } = (district as PackedDistrict).occurrences[occurrence];
      return name === "" ? commodity : `${name} (${commodity})`;
    })
    .join(", ");
  const more = held.length > 3 ? ` and ${held.length - 3} more` : "";
  const inside = held.length === 0 ? "no occurrence inside" : `inside: ${names}${more}`;
  const where = `Row ${places[2 * patch] + 1}, column ${places[2 * patch + 1] + 1}`;
  const amount = `${title} ${figure(values[patch])}${unit === null || unit === "" ? "" : ` ${unit}`}`;
  return `${where}: ${amount}, ${isScore ? `rank ${rank}` : rank}; ${inside}.`;
}

function shareView(share: number): TemplateResult {
  return html`<span class="share"><i style="width: ${(100 * share).toFixed(1)}%"></i></span>
    ${percent(share)}`;
}

const unit = colourScale([], { domain: [0, 1] });

/** A layer of a patch as a small picture; an empty one while it is asked for. */
function thumbnail(values: Float32Array | undefined, size = 0, name = "") {
  if (values === undefined) return html`<span class="thumbnail"></span>`;
  return html`<canvas
    class="thumbnail"
    role="img"
    aria-label=${name}
    ${ref((canvas) => paint(canvas, imageOf(values, size)))}
  ></canvas>`;
}

function paint(element: Element | undefined, image: ImageData): void {
  if (!(element instanceof HTMLCanvasElement)) return;
  element.width = image.width;
  element.height = image.height;
  element.getContext("2d")?.putImageData(image, 0, 0);
}

const images = new WeakMap<Float32Array, ImageData>();

/** Values of 0 to 1 as colours; made once for each. */
function imageOf(values: Float32Array, size: number): ImageData {
  const known = images.get(values);
  if (known !== undefined) return known;
  const image = new ImageData(size, size);
  images.set(values, image);
  values.forEach((value, at) => {
    const level = 3 * Math.round(unit.position(value) * (LEVELS - 1));
    image.data.set(unit.colours.subarray(level, level + 3), 4 * at);
    image.data[4 * at + 3] = 255;
  });
  return image;
}
