import { html, nothing, type TemplateResult } from "lit-html";
import type { PlaygroundParameters } from "../protocol";
import type { Setup } from "./address";
import type { Controller } from "./controller";
import {
  AUTOENCODER,
  CLASSIFIER,
  described,
  differing,
  isSame,
  type MethodParameter,
  shownValue,
} from "./parameters";
import type { State } from "./state";

/** A text with its full stop, and a space to the next. */
const sentence = (text: string) => `${text.replace(/[.]?$/, ".")} `;

/** Where all stands in one column, settings are closed at first, so that the map is near. */
const hasRoom = matchMedia("(min-width: 760px)").matches;

/** The controls of all parameters, by what they decide. */
export function settingsView(state: State, controller: Controller): TemplateResult {
  const { packs, district, setup } = state;
  const choice = html`<label class="district"
    >District
    <select
      name="district"
      @change=${(event: Event) => controller.openAddress(`#district=${encodeURIComponent(textOf(event))}`)}
    >
      ${packs.map(
        ({ id, title }) =>
          html`<option value=${id} .selected=${id === (setup?.district ?? packs[0]?.id)}>
            ${title}
          </option>`,
      )}
    </select></label
  >`;
  if (district === null || setup === null) return choice;
  const control = (name: MethodParameter) => parameterView(name, state, setup, controller);
  const isOwn = differing(district.parameters, setup.parameters).length === 0;
  return html`${choice}
    <p class="source">
      ${district.kind === "synthetic" ? html`<strong>Synthetic, generated.</strong>` : "Real."}
      ${[district.source, district.licence, ...district.remarks].filter((text) => text !== "").map(sentence)}
    </p>
    <button type="button" ?disabled=${isOwn && state.refused.size === 0} @click=${controller.resetParameters}>
      All back to method.json
    </button>
    <details ?open=${hasRoom}>
      <summary>Evidence</summary>
      ${layersView(state, setup, controller)} ${control("patchSize")} ${control("percentiles")}
      ${control("pcaVarianceShare")}
    </details>
    <details ?open=${hasRoom}>
      <summary>Auto-encoder</summary>
      ${AUTOENCODER.map(control)}
    </details>
    <details>
      <summary>Classifier</summary>
      <p class="what">
        Learnt from the auto-encoder's errors; batch size, learning rate and seed are the
        auto-encoder's.
      </p>
      ${CLASSIFIER.map(control)} ${control("threshold")}
    </details>`;
}

function layersView({ district }: State, setup: Setup, controller: Controller): TemplateResult {
  const all = district?.layers ?? [];
  const chosen = setup.parameters.layers;
  const toggle = (id: string, isOn: boolean) => {
    const ids = all.map((layer) => layer.id);
    const layers = ids.filter((each) => (each === id ? isOn : chosen.includes(each)));
    controller.setParameter("layers", layers);
  };
  return html`<fieldset>
    <legend>Layers</legend>
    ${all.map(({ id, title, favourable }) => {
      const isOn = chosen.includes(id);
      const isLast = isOn && chosen.length === 1;
      return html`<label class="layer"
        ><input
          type="checkbox"
          name="layer.${id}"
          .checked=${isOn}
          ?disabled=${isLast}
          @change=${(event: Event) => toggle(id, (event.target as HTMLInputElement).checked)}
        />
        ${title}${favourable === null ? nothing : html` <small>favourable when ${favourable}</small>`}</label
      >`;
    })}
  </fieldset>`;
}

/** A parameter with its title, its control, what it does, its default, and a way back to that. */
function parameterView(
  name: MethodParameter,
  state: State,
  setup: Setup,
  controller: Controller,
): TemplateResult {
  const { title, what, allowed, origin } = described(name);
  const own = (state.district as NonNullable<State["district"]>).parameters[name];
  const value = setup.parameters[name];
  const refused = state.refused.get(name);
  const isOwn = isSame(own, value) && refused === undefined;
  return html`<div class=${isOwn ? "parameter" : "parameter turned"} role="group" aria-label=${title}>
    <div class="line">
      <span class="name">${title}</span>
      ${controlView(name, value, refused?.text, controller)}
    </div>
    ${refused === undefined ? nothing : html`<p class="refused" id="why-${name}">${refused.why}</p>`}
    <p class="what" id="what-${name}">
      ${what} ${allowed === "" ? nothing : `${allowed[0].toUpperCase()}${allowed.slice(1)}; `}default
      <b>${shownValue(name, own)}</b> (${origin}).
      ${
        isOwn
          ? nothing
          : html`<button type="button" class="link" aria-label="Reset ${title}" @click=${() => controller.setParameter(name, own)}>
              Reset
            </button>`
      }
    </p>
  </div>`;
}

function controlView(
  name: MethodParameter,
  value: PlaygroundParameters[MethodParameter],
  typed: string | undefined,
  controller: Controller,
): TemplateResult | TemplateResult[] {
  const { title, range, choices } = described(name);
  const take = (event: Event) => controller.typeParameter(name, textOf(event));
  if (choices !== null) {
    return html`<select name=${name} aria-label=${title} aria-describedby="what-${name}" @change=${take}>
      ${choices.map(
        (word) =>
          html`<option value=${word} .selected=${word === value}>${shownValue(name, word)}</option>`,
      )}
    </select>`;
  }
  if (typeof value === "boolean") {
    return html`<input
      type="checkbox"
      name=${name}
      aria-label=${title}
      aria-describedby="what-${name}"
      .checked=${value}
      @change=${(event: Event) =>
        controller.typeParameter(name, String((event.target as HTMLInputElement).checked))}
    />`;
  }
  const isPair = Array.isArray(value);
  const texts = typed?.split(",") ?? (isPair ? value.map(String) : [String(value)]);
  // As both stand in the page: the one beside it may have been typed since this was drawn.
  const send = (event: Event) => {
    const inputs =
      (event.target as HTMLInputElement).parentElement?.querySelectorAll("input") ?? [];
    controller.typeParameter(name, Array.from(inputs, ({ value }) => value).join(","));
  };
  return texts.map(
    (text, at) => html`<input
      type="number"
      step="any"
      name=${isPair ? `${name}.${at}` : name}
      aria-label=${isPair ? `${title}, ${["first", "second"][at]}` : title}
      aria-describedby="what-${name}"
      aria-invalid=${typed === undefined ? "false" : "true"}
      min=${range?.[0] ?? nothing}
      max=${range?.[1] ?? nothing}
      .value=${text}
      @change=${send}
    />`,
  );
}

function textOf(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
