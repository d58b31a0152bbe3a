import { InputError } from "../../../lib/src/errors";
import { readPack } from "../packs/read";
import type { Ability, Answer, Baseline, PlaygroundParameters, Request } from "../protocol";
import { type AutoencoderRun, errorsOf, inspectPatch, newAutoencoder } from "./autoencoder";
import { type ClassifierRun, newClassifier, probabilitiesOf } from "./classifier";
import { judged } from "./judge";
import { oneTraining } from "./one-training";
import { type OpenDistrict, openDistrict } from "./open-district";
import { packedPcaBaseline, pcaBaselines } from "./pca-baseline";
import { type PreparedPatches, preparedAnswer, preparePatches } from "./prepare";
import { refusalOf } from "./refusal";
import { trainOn } from "./trained-network";

type Say = (answer: Answer) => void;
type Asked<Type extends Request["type"]> = Extract<Request, { readonly type: Type }>;

/** Parameters of an auto-encoder that a training must not change on its way. */
const AUTOENCODER = [
  ...([
    "layers",
    "patchSize",
    "percentiles",
    "architecture",
    "filters",
    "outputActivation",
  ] as const),
  ...(["loss", "batchSize", "learningRate", "seed"] as const),
] as const;

/** The same of a classifier, beside those of its auto-encoder. */
const CLASSIFIER = [
  ...(["proportion", "classifierFilters", "dense", "dropout", "batchNormalisation"] as const),
  ...(["batchSize", "learningRate", "seed"] as const),
] as const;

/**
 * One reader's work with one district: what was opened, cut and trained last, and the answer to
 * whatever the page asks. Trainings go one at a time, each ending the one before; all else is answered
 * at once.
 */
export function session(ability: Ability, say: Say): (request: Request) => Promise<void> {
  const trainings = oneTraining();
  const components = pcaBaselines(trainings.idle);
  let open: OpenDistrict | null = null;
  let prepared: PreparedPatches | null = null;
  let autoencoder: AutoencoderRun | null = null;
  let classifier: ClassifierRun | null = null;

  async function answer(request: Request): Promise<void> {
    switch (request.type) {
      case "open":
        return openPack(request);
      case "prepare":
        return prepare(request);
      case "train":
        requireAbility(ability);
        return trainings.run(request.id, (signal) => trainAutoencoder(request, signal));
      case "classify":
        requireAbility(ability);
        return trainings.run(request.id, (signal) => trainClassifier(request, signal));
      case "inspect":
        return inspect(request);
      case "stop":
        trainings.stop(request.id);
    }
  }

  async function openPack({ id, pack }: Asked<"open">): Promise<void> {
    await trainings.end();
    components.giveUp();
    for (const network of [autoencoder, classifier]) network?.work.model.dispose();
    [open, prepared, autoencoder, classifier] = [null, null, null, null];
    open = openDistrict(await readPack(new Uint8Array(pack)));
    say({ type: "opened", id, district: open.district });
  }

  function prepare({ id, parameters }: Asked<"prepare">): void {
    components.giveUp();
    const cut = preparePatches(opened(open), parameters);
    prepared = cut;
    const packed = packedPcaBaseline(cut, parameters);
    const { baselines, ...answer } = preparedAnswer(cut);
    const there = packed === null ? baselines : [...baselines, packed];
    say({ type: "prepared", id, prepared: { ...answer, baselines: there } });
    if (packed !== null) return;
    const take = (baseline: Baseline) => say({ type: "baseline", id, baseline });
    const refuse = (error: unknown) => {
      const message = `The PCA error could not be computed: ${refusalOf(error)}`;
      say({ type: "refused", id, message });
    };
    components.compute(cut, parameters, take, refuse).catch(refuse);
  }

  async function trainAutoencoder(
    { id, parameters, goOn }: Asked<"train">,
    signal: AbortSignal,
  ): Promise<void> {
    if (!goOn) {
      if (prepared === null || !prepared.areOf(parameters)) {
        prepared = preparePatches(opened(open), parameters);
      }
      const fresh = newAutoencoder(prepared, parameters);
      autoencoder?.work.model.dispose();
      autoencoder = fresh;
    }
    const run = requireSame(autoencoder, parameters, AUTOENCODER);
    await trainOn(run, {
      ...{ id, signal, say, options: parameters },
      score: () => errorsOf(run),
      judge: (scores) => judged(scores, run.prepared.groups),
    });
  }

  async function trainClassifier(
    { id, parameters, goOn }: Asked<"classify">,
    signal: AbortSignal,
  ): Promise<void> {
    if (!goOn) {
      const { prepared: patches, scores } = trained(autoencoder);
      const fresh = newClassifier(patches, scores, parameters);
      classifier?.work.model.dispose();
      classifier = fresh;
    }
    const run = requireSame(classifier, parameters, CLASSIFIER);
    await trainOn(run, {
      ...{ id, signal, say, options: { ...parameters, epochs: parameters.classifierEpochs } },
      score: () => probabilitiesOf(run),
      judge: (scores) => judged(scores, run.prepared.groups),
    });
  }

  async function inspect({ id, patch }: Asked<"inspect">): Promise<void> {
    say({ type: "inspected", id, inspected: await inspectPatch(trained(autoencoder), patch) });
  }

  return async (request) => {
    try {
      await answer(request);
    } catch (error) {
      say({ type: "refused", id: request.id, message: refusalOf(error) });
    }
  };
}

function requireAbility({ lacks }: Ability): void {
  if (lacks !== null) throw new Error(lacks);
}

function opened(open: OpenDistrict | null): OpenDistrict {
  if (open === null) throw new Error("No district has been opened yet.");
  return open;
}

function trained(run: AutoencoderRun | null): AutoencoderRun & { readonly scores: Float64Array } {
  if (run === null || run.scores === null) throw new Error("Train the auto-encoder first.");
  return run as AutoencoderRun & { readonly scores: Float64Array };
}

/** The run to go on with: there must be one, of the same parameters. */
function requireSame<Run extends AutoencoderRun | ClassifierRun>(
  run: Run | null,
  parameters: PlaygroundParameters,
  names: readonly (keyof PlaygroundParameters)[],
): Run {
  if (run === null) throw new Error("There is no training to go on with.");
  const other = names.find(
    (name) => JSON.stringify(run.parameters[name]) !== JSON.stringify(parameters[name]),
  );
  if (other === undefined) return run;
  throw new InputError({
    kind: "parameter",
    field: other,
    found: JSON.stringify(parameters[other]),
    expected: `${JSON.stringify(run.parameters[other])}, as the training that is to go on has it`,
    remedy: "Train anew.",
  });
}
