import type { PlaygroundParameters } from "../protocol";
import { type ParameterName, shownValue, spaced } from "./parameters";
import { changed, madeBy, type Run, staleRun } from "./runs";
import { counted } from "./words";

/** By which parameters a run's scores were made: its epochs, and all that is not the district's own. */
export function madeByText(run: Run, own: PlaygroundParameters): string {
  const parameters = madeBy(run);
  const noun = run.network === "autoencoder" ? "epoch" : "classifier epoch";
  const epochs = `${counted(run.epochs, noun)}${run.status === "stopped" ? ", stopped" : ""}`;
  const name = run.network === "autoencoder" ? "epochs" : "classifierEpochs";
  const others = changed(run, own)
    .filter((each) => each !== name && each !== "seed")
    .map((each) => `${title(each)} ${shownValue(each, parameters[each])}`);
  const rest = others.length === 0 ? "all else as in method.json" : others.join("; ");
  return `${epochs}; ${rest}; seed ${parameters.seed}`;
}

/** What of the controls is no longer as a run was made; null where all is. */
export function staleText(run: Run, wanted: PlaygroundParameters): string | null {
  const stale = staleRun(run, wanted);
  if (stale.length === 0 || run.status === "training") return midway(run, wanted);
  return `The settings ask for something else by now: ${listed(stale, wanted)}. Train again to see it.`;
}

/** What was turned while a training ran: it goes on as it began. */
function midway(run: Run, wanted: PlaygroundParameters): string | null {
  if (run.status !== "training") return null;
  const isEnd = (name: ParameterName) => name === "epochs" || name === "classifierEpochs";
  const turned = staleRun(run, wanted).filter(
    (name) => !isEnd(name) || run.parameters[name] !== wanted[name],
  );
  if (turned.length === 0) return null;
  return `Changed since this training began, and no part of it: ${listed(turned, wanted)}.`;
}

function listed(names: readonly ParameterName[], wanted: PlaygroundParameters): string {
  return names.map((name) => `${title(name)} ${shownValue(name, wanted[name])}`).join("; ");
}

function title(name: ParameterName): string {
  return spaced(name).toLowerCase();
}
