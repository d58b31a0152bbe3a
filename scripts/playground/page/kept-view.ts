import { html, nothing, type TemplateResult } from "lit-html";
import type { PackedDistrict } from "../protocol";
import type { Setup } from "./address";
import { differingAmong, type KeptRun, MOST_KEPT, valueIn } from "./comparison";
import type { Controller } from "./controller";
import { spaced } from "./parameters";
import { groupIndex } from "./runs";
import { selectedBy } from "./scores";
import type { State } from "./state";
import { aucText, percent } from "./words";

/** The kept runs side by side: in what they differ, and what they are worth. */
export function keptView(state: State, setup: Setup, controller: Controller): TemplateResult {
  const { kept } = state;
  if (kept.length === 0) {
    return html`<h2>Kept runs</h2>
      <p class="quiet">
        “Keep this run” puts a run here, to be held against the next ones: their parameters, AUCs,
        curves and a map of their difference. ${MOST_KEPT} are kept at most, until the page is
        closed; an address does not hold them.
      </p>`;
  }
  const names = differingAmong(kept);
  const layers = (state.district as PackedDistrict).layers.map(({ id }) => id);
  return html`<h2>Kept runs</h2>
    <div class="scrolls" tabindex="0" role="region" aria-label="Table of kept runs">
      <table class="kept">
        <thead>
          <tr>
            <th scope="col">Run</th>
            ${names.map((name) => html`<th scope="col">${spaced(name)}</th>`)}
            <th scope="col">AUC (95 %)</th>
            <th scope="col">Occurrences in ${percent(setup.ground)} of the ground</th>
            <th scope="col"><span class="hidden">Remove</span></th>
          </tr>
        </thead>
        <tbody>
          ${kept.map(({ letter, run }) => {
            const group = groupIndex(run.cut, setup.group);
            const judged = run.judged?.[group];
            const { scores: values, cut } = run;
            const selection = values === null ? null : selectedBy({ values, cut }, setup);
            const isElsewhere = run.cut.district !== setup.district;
            return html`<tr>
              <th scope="row">
                <span class="named"
                  ><svg class="sample" viewBox="0 0 28 8" aria-hidden="true">
                    <path class="curve ${letter}" d="M0,4H28" /></svg
                  ><b>${letter}</b> ${run.network === "autoencoder" ? "Error" : "Classifier"}${isElsewhere ? `, ${run.cut.district}` : nothing}</span
                >
              </th>
              ${names.map((name) => html`<td>${valueIn(run, name, isElsewhere ? null : layers)}</td>`)}
              <td>
                ${judged === undefined ? "–" : aucText(judged)}
                <small>${run.cut.prepared.groups[group].title}</small>
              </td>
              <td>
                ${selection === null ? "–" : `${selection.occurrences} of ${selection.ofOccurrences} (${percent(selection.occurrences / Math.max(1, selection.ofOccurrences))})`}
              </td>
              <td>
                <button type="button" class="link" aria-label="Remove run ${letter}" @click=${() => controller.dropKept(letter)}>
                  Remove
                </button>
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${names.length === 0 && kept.length > 1 ? html`<p class="quiet">They differ in no parameter.</p>` : nothing}
    ${kept.length < 2 ? nothing : compareView(state, controller)}`;
}

function compareView({ kept, compared }: State, controller: Controller): TemplateResult {
  const [one, other] = compared ?? [kept[0].letter, kept[1].letter];
  const choose = (name: string, chosen: string, take: (letter: string) => void) => html`<select
    aria-label=${name}
    @change=${(event: Event) => take((event.target as HTMLSelectElement).value)}
  >
    ${kept.map(({ letter }: KeptRun) => html`<option value=${letter} .selected=${letter === chosen}>${letter}</option>`)}
  </select>`;
  return html`<p class="compare">
    Map of
    ${choose("First run", one, (letter) => controller.compare([letter, other]))} less
    ${choose("Second run", other, (letter) => controller.compare([one, letter]))}
    <button
      type="button"
      name="difference"
      @click=${() => {
        controller.compare([one, other]);
        document.querySelector(".shown")?.scrollIntoView();
      }}
    >
      Show the difference
    </button>
  </p>`;
}
