import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { roundTicks } from "../../../lib/src/figures/ticks";
import type { Setup } from "./address";
import { chart, percentAxis } from "./chart";
import type { Controller } from "./controller";
import { type Cut, groupIndex, type Run } from "./runs";
import { allScores, judgedBy, type Score, selectedBy } from "./scores";
import { groundFrom } from "./selection";
import type { State } from "./state";
import { aucText, figure, percent, threshold as thresholdText } from "./words";

/** What scores are worth: loss, ROC, success rate, and the numbers, baselines always beside. */
export function worthView(state: State, setup: Setup, controller: Controller): TemplateResult {
  const scores = allScores(state);
  const cut = state.autoencoder?.scores == null ? state.cut : state.autoencoder.cut;
  // Drawn anew for other scores and another look at them, not for every batch of a training.
  const drawn = scores.flatMap(({ id, judged, cut: { prepared } }) => [id, judged, prepared]);
  const looked = [setup.map, setup.group, setup.ground, setup.parameters.threshold];
  return html`<h2>What it is worth</h2>
    ${lossView(state, setup)} ${cut === null ? nothing : groupView(cut, setup, controller)}
    ${
      scores.length === 0
        ? html`<p class="quiet">Curves follow once the patches are cut.</p>`
        : html`${guard([...drawn, setup.group], () => rocView(scores, setup))}
          ${guard([...drawn, ...looked], () => successView(scores, state, setup, controller))}
          ${guard([...drawn, ...looked], () => numbersView(scores, setup))}`
    }`;
}

/** Loss by epoch of the network whose map is shown. */
function lossView({ autoencoder, classifier }: State, { map }: Setup): TemplateResult {
  const run = map === "probability" ? (classifier ?? autoencoder) : autoencoder;
  if (run === null || run.loss.length === 0) {
    return html`<p class="quiet">The loss is drawn here as a network trains.</p>`;
  }
  const all =
    run.network === "autoencoder" ? run.parameters.epochs : run.parameters.classifierEpochs;
  const last = Math.max(2, all, run.loss.length);
  const top = Math.max(...run.loss.filter(Number.isFinite)) * 1.05;
  const name = run.network === "autoencoder" ? "auto-encoder" : "classifier";
  const ticks = roundTicks(1, last, 5).filter((tick) => Number.isInteger(tick));
  return chart({
    name: `Loss of the ${name} by epoch; ${figure(run.loss[run.loss.length - 1])} by epoch ${run.loss.length}`,
    x: { title: "Epoch", low: 1, high: last, ticks, label: String },
    y: { title: `Loss, ${name}`, low: 0, high: top, ticks: roundTicks(0, top, 4), label: figure },
    curves: [{ ...thinnedLoss(run), style: lossStyle(run) }],
    marks: run.loss.length === 1 ? [{ x: 1, y: run.loss[0] }] : [],
  });
}

const lossStyle = ({ network }: Run) => (network === "autoencoder" ? "error" : "probability");

/** Loss of at most 400 epochs, evenly thinned, the last one kept. */
function thinnedLoss({ loss }: Run) {
  const step = Math.ceil(loss.length / 400);
  const kept = loss.map((_, at) => at).filter((at) => (loss.length - 1 - at) % step === 0);
  return { x: kept.map((at) => at + 1), y: kept.map((at) => loss[at]) };
}

function groupView(cut: Cut, setup: Setup, controller: Controller): TemplateResult {
  const at = groupIndex(cut, setup.group);
  return html`<label class="group"
    >Held against
    <select
      name="group"
      @change=${(event: Event) => controller.look({ group: (event.target as HTMLSelectElement).value })}
    >
      ${cut.prepared.groups.map(
        ({ ids, title }, index) =>
          html`<option value=${ids[0]} .selected=${index === at}>${title}</option>`,
      )}
    </select></label
  >`;
}

function rocView(scores: readonly Score[], { group }: Setup): TemplateResult {
  const told = scores
    .map((score) => `${score.title} ${aucText(judgedBy(score, group))}`)
    .join("; ");
  return chart({
    name: `ROC curves. Area under the curve: ${told}`,
    x: percentAxis("Other patches at or above, %"),
    y: percentAxis("Occurrence patches, %"),
    curves: lastOnTop(scores).map((score) => ({ ...judgedBy(score, group).roc, style: score.id })),
    hasDiagonal: true,
  });
}

function successView(
  scores: readonly Score[],
  { classifier }: State,
  setup: Setup,
  controller: Controller,
): TemplateResult {
  const { group, ground } = setup;
  const main = scores.find(({ id }) => id === setup.map) ?? scores[0];
  const selection = selectedBy(main, setup);
  const { threshold, patches, ofPatches, occurrences, ofOccurrences } = selection;
  const take = (share: number) => controller.look({ ground: Math.round(share * 1000) / 1000 });
  const counts = `${patches.toLocaleString("en")} of ${ofPatches.toLocaleString("en")} patches (${percent(patches / ofPatches)}) hold ${occurrences} of ${ofOccurrences} occurrences (${percent(occurrences / Math.max(1, ofOccurrences))})`;
  const half = setup.parameters.threshold;
  return html`${chart({
    name: `Success-rate curves. By ${main.title}: ${counts}`,
    x: percentAxis("Ground, highest scores first, %"),
    y: percentAxis("Occurrences in it, %"),
    curves: lastOnTop(scores).map((score) => {
      const { area, occurrences: captured } = judgedBy(score, group).success;
      return { x: area, y: captured, style: score.id };
    }),
    hasDiagonal: true,
    line: ground,
    marks: [{ x: patches / ofPatches, y: occurrences / Math.max(1, ofOccurrences) }],
    onDrag: take,
  })}
    <label class="ground"
      >Ground counted and painted
      <input
        type="range"
        name="ground"
        min="0"
        max="100"
        step="0.5"
        .value=${String(100 * ground)}
        aria-valuetext="${percent(ground)} of the ground: ${counts}"
        @input=${(event: Event) => take(Number((event.target as HTMLInputElement).value) / 100)}
      />
    </label>
    <p class="counts">
      ${main.title}${Number.isFinite(threshold) ? ` from ${thresholdText(threshold)}` : ""}: ${counts}.
      ${
        classifier?.scores == null
          ? nothing
          : html`<button
              type="button"
              class="link"
              @click=${() => {
                controller.look({ map: "probability" });
                take(groundFrom(classifier.scores as Float64Array, half));
              }}
            >
              Probability from ${half}
            </button>`
      }
    </p>`;
}

/** The first is drawn last, over all others. */
function lastOnTop(scores: readonly Score[]): Score[] {
  return [...scores].reverse();
}

/** AUC with its interval, and occurrences in the ground that is counted, of every score. */
function numbersView(scores: readonly Score[], setup: Setup): TemplateResult {
  return html`<table class="numbers">
      <thead>
        <tr>
          <th scope="col">Score</th>
          <th scope="col">AUC (95 %)</th>
          <th scope="col">Occurrences in ${percent(setup.ground)} of the ground</th>
        </tr>
      </thead>
      <tbody>
        ${scores.map((score) => {
          const { patches, ofPatches, occurrences, ofOccurrences } = selectedBy(score, setup);
          const isTied = Math.abs(patches / ofPatches - setup.ground) > 0.01;
          return html`<tr>
            <th scope="row">
              <span class="named"
                ><svg class="sample" viewBox="0 0 28 8" aria-hidden="true">
                  <path class="curve ${score.id}" d="M0,4H28" /></svg
                >${score.title}</span
              >
            </th>
            <td>${aucText(judgedBy(score, setup.group))}</td>
            <td>
              ${occurrences} of ${ofOccurrences}${isTied ? ` (ties: ${percent(patches / ofPatches)})` : nothing}
            </td>
          </tr>`;
        })}
      </tbody>
    </table>
    <p class="quiet">
      Intervals are DeLong's: 0.5 is chance, and two that overlap are not told apart. The best layer
      is chosen by the occurrences themselves, which flatters it; no network of this page has seen
      them.
    </p>`;
}
