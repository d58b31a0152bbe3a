import { newLayout } from "./layout";
import type { Network } from "./network";
import { goesPartByPart, partsOf, partsOfThread } from "./parts";
import { placeParameters, planThread } from "./plan";
import { control } from "./team";

/** What the memory of a training hangs on, beside its network. */
export interface TrainingSize {
  /** Patches. */
  readonly count: number;
  readonly batchSize: number;
  /** Threads that are wanted; no more are used than a batch has parts. */
  readonly threads: number;
  readonly hasLabels: boolean;
  /** Prior of the non-negative risk; 0 for other losses. */
  readonly prior: number;
}

/** Lays out all that the threads of a training share but the patches: addresses in bytes, and how many there are. */
export function layOutTraining(
  network: Network,
  { count, batchSize, threads: wanted, hasLabels, prior }: TrainingSize,
) {
  const parts = partsOf(batchSize);
  const threads = Math.max(1, Math.min(wanted, parts));
  const layout = newLayout();
  const { places, bytes: parameterBytes } = placeParameters(network);
  const parameters = layout.take(parameterBytes);
  const squares = layout.take(parameterBytes);
  const startOfMoving = layout.take(0);
  const moving = network.layers.map((layer, at) =>
    layer.kind === "normalise" ? layout.take(2 * places[at]!.row * 4) : 0,
  );
  const movingBytes = layout.take(0) - startOfMoving;
  const sumsByLayer = network.layers.map((layer, at) =>
    layer.kind === "normalise" ? layout.take(parts * 3 * places[at]!.row * 4) : 0,
  );
  const gradients = layout.take(parts * parameterBytes);
  const plans = Array.from({ length: threads }, (_, thread) => {
    const [from, to] = partsOfThread(parts, threads, thread);
    const atOnce = goesPartByPart(network, prior) ? 1 : to - from;
    const samples = atOnce * Math.ceil(batchSize / parts);
    return planThread(layout, { network, places, parameters, gradients, samples });
  });
  const job = {
    ...{ threads, parts, plans, parameterBytes, squares, movingBytes },
    addresses: { parameters, gradientsApart: parameterBytes, sums: sumsByLayer, moving },
    order: layout.take(count * 4),
    control: layout.take(control.count * 4),
    sums: layout.take(parts * 16),
    classSums: layout.take(parts * 40),
    labels: hasLabels ? layout.take(count * 4) : 0,
  };
  return { job, places, writes: layout.writes, bytes: layout.size() };
}
