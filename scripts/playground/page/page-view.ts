import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import type { Controller } from "./controller";
import { experimentsView } from "./help-view";
import { keptView } from "./kept-view";
import type { MapContent } from "./map-content";
import { mapView } from "./map-view";
import { patchView } from "./patch-view";
import { settingsView } from "./settings-view";
import { shareView } from "./share-view";
import type { State } from "./state";
import { trainingView } from "./training-view";
import { worthView } from "./worth-view";

/** The whole page of a state. */
export function pageView(
  state: State,
  content: MapContent | string,
  controller: Controller,
  copy: (text: string) => void,
): TemplateResult {
  const { district, setup } = state;
  return html`${messagesView(state, controller)}
    ${district === null || setup === null ? nothing : experimentsView(district, setup)}
    <div class="columns">
      <section class="settings" aria-label="Settings">${guard([state.packs, district, setup?.district, setup?.parameters, state.refused], () => settingsView(state, controller))}</section>
      <section class="middle" aria-label="Map">
        ${
          district === null || setup === null
            ? nothing
            : html`<h2>
                ${district.title}${district.kind === "synthetic" ? html` <b class="synthetic">synthetic</b>` : nothing}
              </h2>
              ${trainingView("autoencoder", state, setup, controller)}
              ${mapView(state, setup, content, controller)} ${guard(patchParts(state, content), () => patchView(state, setup, content))}`
        }
      </section>
      <section class="worth" aria-label="What it is worth">
        ${
          district === null || setup === null
            ? nothing
            : html`${worthView(state, setup, controller)}
                <h2>Classifier</h2>
                <p class="quiet">
                  A network that learns to tell the patches with the highest errors from those with
                  the lowest.
                </p>
                ${trainingView("classifier", state, setup, controller)}`
        }
      </section>
      ${
        district === null || setup === null
          ? nothing
          : html`<section class="kept" aria-label="Kept runs">${guard([state.kept, state.compared, setup, district], () => keptView(state, setup, controller))}</section>
              <section class="share" aria-label="Use in the notebooks">
                ${shareView(district, setup, state, copy)}
              </section>`
      }
    </div>
    ${abilityView(state)}`;
}

/** All that the telling of a patch goes by. */
function patchParts(state: State, content: MapContent | string): unknown[] {
  const { patch, inspected, setup, autoencoder } = state;
  const shown = typeof content === "string" ? [content] : [content.values, content.cut];
  return [patch, inspected, setup?.group, autoencoder?.cut, autoencoder?.status, ...shown];
}

function messagesView(
  { waiting, trouble, notes, ability }: State,
  controller: Controller,
): TemplateResult {
  const lacks = ability?.lacks ?? null;
  return html`<div class="messages">
    <p role="status" class=${waiting === null ? "hidden" : "waiting"}>${waiting}</p>
    ${lacks === null ? nothing : html`<p role="alert" class="trouble">${capital(lacks)}</p>`}
    ${
      trouble === null
        ? nothing
        : html`<div role="alert" class="note trouble">
            <span>${trouble}</span>
            <button type="button" class="link" @click=${controller.forgive}>Close</button>
          </div>`
    }
    ${
      notes.length === 0
        ? nothing
        : html`<div role="status" class="note">
            <ul>
              ${notes.map((note) => html`<li>${note}</li>`)}
            </ul>
            <button type="button" class="link" @click=${controller.dismiss}>Close</button>
          </div>`
    }
  </div>`;
}

const capital = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}`;

/** By what this browser trains. */
function abilityView({ ability }: State): TemplateResult | typeof nothing {
  if (ability === null || ability.kernels === null) return nothing;
  const threads =
    ability.threads === 1
      ? `one thread${ability.isolated ? "" : ", since pages from a file or a plain server may not share memory"}`
      : `${ability.threads} threads`;
  return html`<p class="quiet ability">
    Trained in this browser by ${threads}, WebAssembly with ${ability.kernels}. Nothing leaves the
    page. A fingerprint is the beginning of the SHA-256 of all scores: the same settings and kernels give the
    same one, here and in Node.
  </p>`;
}
