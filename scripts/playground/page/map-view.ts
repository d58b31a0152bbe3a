import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { roundLength } from "../../../lib/src/figures/round-length";
import type { PackedDistrict } from "../protocol";
import type { MapChoice, Setup } from "./address";
import { isKept, MOST_KEPT } from "./comparison";
import type { Controller } from "./controller";
import { madeByText } from "./made-by";
import { type MapContent, mapOptions } from "./map-content";
import { scaleOf } from "./map-painter";
import { spaced } from "./parameters";
import { nextPatch, patchAt, patchLookup, STEPS } from "./patch-grid";
import { staleCut } from "./runs";
import { orderOf } from "./scores";
import type { State } from "./state";
import { figure } from "./words";

/** The map with what it shows, its key, and the ways to move over it. */
export function mapView(
  state: State,
  setup: Setup,
  content: MapContent | string,
  controller: Controller,
): TemplateResult {
  const district = state.district as PackedDistrict;
  const { scores, layers } = mapOptions(state);
  const option = ({ choice, title }: { readonly choice: MapChoice; readonly title: string }) =>
    html`<option value=${choice} .selected=${choice === setup.map}>${title}</option>`;
  const show = (event: Event) =>
    controller.look({ map: (event.target as HTMLSelectElement).value as MapChoice });
  return html`<label class="shown"
      >Map of
      <select name="map" @change=${show}>
        <optgroup label="Scores">
          ${scores.map(option)}
        </optgroup>
        <optgroup label="Evidence layers">
          ${layers.map(option)}
        </optgroup>
      </select></label
    >
    ${
      typeof content === "string"
        ? html`<p class="nothing" role="status">${content}</p>`
        : html`${headingView(state, setup, content, controller)}
          ${canvasView(state, district, content, controller)}
          ${guard([content.values, district], () => legendView(district, content))}
          ${keyView(state, setup, content)}`
    }`;
}

function headingView(
  state: State,
  setup: Setup,
  { run, cut, difference }: MapContent,
  controller: Controller,
): TemplateResult {
  const own = (state.district as PackedDistrict).parameters;
  if (difference !== null) {
    return html`<p class="made-by">
      <span
        >Orange ground ranks higher in the first, blue in the second. Correlation of the two:
        <b>${difference.correlation.toFixed(3)}</b>.</span
      >
    </p>`;
  }
  if (run === null) {
    const stale = staleCut(cut, setup.parameters);
    const names = stale.map((name) => spaced(name).toLowerCase()).join(", ");
    return html`<p class="made-by">
      <span>Patches of ${cut.parameters.patchSize} pixels.</span>
      ${stale.length === 0 ? nothing : html`<span class="stale">Not yet by the settings: ${names}.</span>`}
    </p>`;
  }
  const isFull = state.kept.length >= MOST_KEPT;
  const isHeld = isKept(state.kept, run);
  return html`<p class="made-by">
    <span>Made by ${madeByText(run, own)}.</span>
    <button
      type="button"
      name="keep"
      ?disabled=${isFull || isHeld || run.scores === null || run.status === "training"}
      @click=${() => controller.keepRun(run.network)}
    >
      ${isHeld ? "Kept" : "Keep this run"}
    </button>
    ${isFull && !isHeld ? html`<span class="quiet">${MOST_KEPT} runs are kept at most: remove one first.</span>` : nothing}
  </p>`;
}

function canvasView(
  state: State,
  district: PackedDistrict,
  content: MapContent,
  controller: Controller,
): TemplateResult {
  const { prepared } = content.cut;
  const at = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const across = (event.clientX - box.left) / box.width;
    const down = (event.clientY - box.top) / box.height;
    const patch = patchAt(prepared, lookupOf(prepared), district, { across, down });
    if (patch !== null) controller.point(patch);
  };
  const key = (event: KeyboardEvent) => {
    const next = patchByKey(event.key, content, state.patch);
    if (next === null) return;
    event.preventDefault();
    controller.point(next);
  };
  const synthetic = district.kind === "synthetic" ? " of a synthetic district" : "";
  return html`<canvas
    class="map"
    tabindex="0"
    role="application"
    aria-roledescription="map"
    aria-label="Map${synthetic}: ${content.title}. Arrow keys move from patch to patch, Home goes to the highest value, Page Down to the next lower one."
    aria-describedby="patch-summary"
    style="--aspect: ${district.width} / ${district.height}; --widest: ${district.width / district.height}"
    @pointermove=${at}
    @pointerdown=${at}
    @keydown=${key}
  ></canvas>`;
}

const lookups = new WeakMap<object, Int32Array>();

function lookupOf(prepared: MapContent["cut"]["prepared"]): Int32Array {
  const known = lookups.get(prepared.places);
  if (known !== undefined) return known;
  const lookup = patchLookup(prepared);
  lookups.set(prepared.places, lookup);
  return lookup;
}

/** Whither a key leads from a patch; null where it is none of the map's. */
function patchByKey(
  key: string,
  { cut: { prepared }, values }: MapContent,
  patch: number | null,
): number | null {
  const ranked = orderOf(values);
  if (key === "Home") return ranked[0];
  if (key === "End") return ranked[ranked.length - 1];
  const isMove = key in STEPS || key === "PageDown" || key === "PageUp";
  if (!isMove) return null;
  if (patch === null || patch >= values.length) return ranked[0];
  if (key in STEPS) return nextPatch(prepared, lookupOf(prepared), patch, STEPS[key]);
  const rank = ranked.indexOf(patch) + (key === "PageDown" ? 1 : -1);
  return ranked[Math.min(ranked.length - 1, Math.max(0, rank))];
}

/** Colours, scale bar and north. */
function legendView(district: PackedDistrict, content: MapContent): TemplateResult {
  const scale = scaleOf(content);
  const stops = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map((place) => {
    const at = 3 * Math.round(place * (scale.colours.length / 3 - 1));
    return `rgb(${scale.colours.slice(at, at + 3).join(" ")})`;
  });
  const isByRank = scale.stretch === "quantile";
  const unit = content.unit === null || content.unit === "" ? "" : `, ${content.unit}`;
  const [west, , east] = district.region;
  const bar = roundLength({ west, east }, { width: 100 }, 33);
  return html`<div class="legend">
    <div class="colours">
      <span>${content.title}${unit}${isByRank ? " (as many patches of each colour)" : ""}</span>
      <div class="ramp" style="background: linear-gradient(to right, ${stops.join(", ")})"></div>
      <div class="ticks">
        ${[0, 0.25, 0.5, 0.75, 1].map((place) => html`<span>${figure(scale.value(place))}</span>`)}
      </div>
    </div>
    <div class="scale" role="img" aria-label="Scale bar of ${bar.label}; north is up">
      <div class="bar" style="width: calc(var(--map-width) * ${bar.px / 100})"></div>
      <span>${bar.label}</span>
      <svg viewBox="0 0 10 14" width="10" height="14"><path d="M5,0L10,13L5,10L0,13Z" /></svg>
      <span>N, ${district.crs}</span>
    </div>
  </div>`;
}

function keyView(state: State, setup: Setup, { cut, isScore }: MapContent): TemplateResult {
  const { lines, outline, occurrences, lineTolerance } = state.district as PackedDistrict;
  const group = cut.prepared.groups.find(({ ids }) => ids.includes(setup.group));
  const { title, held } = group ?? cut.prepared.groups[0];
  const drawn = [
    ...lines.map((each) => each.title),
    ...(outline.length > 0 ? ["outline of the study area"] : []),
  ];
  return html`<p class="key">
    <span class="dot judged"></span> ${title}
    ${
      held.length < occurrences.length
        ? html`<span class="dot other"></span> other occurrences, or in no patch`
        : nothing
    }
    ${drawn.length === 0 ? nothing : html`<span class="stroke"></span> ${drawn.join(", ")}`}
    ${lineTolerance > 0 ? `(drawn to ${Math.round(lineTolerance)} m)` : nothing}
    ${isScore ? "· pale: scores below the ground that is counted" : nothing}
    ${cut.prepared.leftOut === 0 ? nothing : ` · ${cut.prepared.leftOut.toLocaleString("en")} patches left out for want of data`}
  </p>`;
}
