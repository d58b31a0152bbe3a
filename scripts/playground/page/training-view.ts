import { html, nothing, type TemplateResult } from "lit-html";
import type { Setup } from "./address";
import type { Controller } from "./controller";
import { staleText } from "./made-by";
import { classifierParameters, type Network, type Run } from "./runs";
import { runOf, type State, trainingOf } from "./state";
import { counted, duration, figure, percent } from "./words";

const NAMES = { autoencoder: "auto-encoder", classifier: "classifier" } as const;

/** Train, stop, go on, one epoch, reset; and how far a training has come. */
export function trainingView(
  network: Network,
  state: State,
  setup: Setup,
  controller: Controller,
): TemplateResult {
  const run = runOf(state, network);
  const training = trainingOf(state);
  const isRunning = training !== null && training.network === network;
  const lacksErrors = network === "classifier" && state.autoencoder?.scores == null;
  const isIdle = training === null && state.waiting === null;
  const canTrain =
    isIdle && state.ability !== null && state.ability.kernels !== null && !lacksErrors;
  const further = controller.goesOnTo(network);
  const name = NAMES[network];
  return html`<div class="training" role="group" aria-label="Training of the ${name}">
    <div class="buttons">
      <button
        type="button"
        class="main"
        name="train-${network}"
        ?disabled=${!canTrain}
        @click=${() => controller.train(network)}
      >
        Train the ${name}
      </button>
      <button type="button" name="stop-${network}" ?disabled=${!isRunning} @click=${controller.stop}>
        Stop
      </button>
      <button
        type="button"
        name="go-on-${network}"
        ?disabled=${!canTrain || further === null}
        @click=${() => further !== null && controller.goOn(network, further)}
      >
        ${further === null ? "Go on" : `Go on to ${further}`}
      </button>
      <button type="button" name="step-${network}" ?disabled=${!canTrain} @click=${() => controller.step(network)}>
        One epoch
      </button>
      ${
        network === "autoencoder"
          ? html`<button type="button" name="reset" ?disabled=${run === null} @click=${controller.reset}>
              Reset
            </button>`
          : nothing
      }
    </div>
    ${progressView(run, name)} ${run === null ? nothing : staleView(run, state, setup)}
    ${
      lacksErrors
        ? html`<p class="quiet">It learns from the auto-encoder's errors: train that first.</p>`
        : nothing
    }
  </div>`;
}

function progressView(run: Run | null, name: string): TemplateResult {
  if (run === null) return html`<p class="progress quiet">Not trained yet.</p>`;
  const { status, progress, parameters, network, epochs, seconds } = run;
  if (status !== "training") {
    const last = run.loss.at(-1);
    const right = run.accuracy?.at(-1);
    const accuracy = right === undefined ? "" : `, ${percent(right)} of its labels right`;
    const loss = last === undefined ? "" : `, loss ${figure(last)}${accuracy}`;
    const how = status === "done" ? "Done" : "Stopped";
    return html`<p class="progress">
      ${how} after ${counted(epochs, "epoch")} in ${duration(seconds)}${loss}.
      ${
        run.hash === null
          ? nothing
          : html`<span class="quiet fingerprint">Fingerprint ${run.hash.slice(0, 8)}</span>`
      }
    </p>`;
  }
  const all = network === "autoencoder" ? parameters.epochs : parameters.classifierEpochs;
  if (progress === null) return html`<p class="progress">The training begins…</p>`;
  const { epoch, batch, batches, loss, secondsLeft } = progress;
  const share = Math.min(1, (epoch - 1 + batch / batches) / all);
  return html`<p class="progress">
    <progress max="1" .value=${share} aria-label="Training of the ${name}"></progress>
    Epoch ${epoch} of ${all}, batch ${batch} of ${batches}, loss ${figure(loss)};
    ${duration(secondsLeft)} left.
  </p>`;
}

function staleView(run: Run, { autoencoder }: State, { parameters }: Setup) {
  const isClassifier = run.network === "classifier" && autoencoder !== null;
  const wanted = isClassifier ? classifierParameters(autoencoder, parameters) : parameters;
  const text = staleText(run, wanted);
  const isOld = run.network === "classifier" && run.labelledBy !== autoencoder?.hash;
  const old = isOld
    ? "The auto-encoder has been trained on since this classifier was labelled by it. "
    : "";
  return text === null && !isOld ? nothing : html`<p class="stale">${old}${text ?? ""}</p>`;
}
