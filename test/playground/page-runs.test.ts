import { describe, expect, it } from "vitest";
import { madeByText, staleText } from "../../scripts/playground/page/made-by";
import {
  answered,
  begun,
  type Cut,
  classifierParameters,
  goOnTo,
  madeBy,
  type Run,
  staleCut,
  staleRun,
  stepsFrom,
} from "../../scripts/playground/page/runs";
import { judged, ownParameters, prepared } from "../support/three-layers";

const cut: Cut = { district: "small", parameters: ownParameters, prepared };
const scores = Float64Array.of(5, 4, 3, 2, 1);

function trained(status: "done" | "stopped", epochs: number, changes = {}): Run {
  const begin = begun("autoencoder", cut, { ...ownParameters, ...changes });
  const scored = {
    type: "scores",
    id: 1,
    epoch: epochs,
    scores,
    judged: [judged(0.7)],
    loss: [3],
    accuracy: null,
  } as const;
  const ended = { type: "trained", id: 1, status, epochs, seconds: 2, hash: "ab" } as const;
  return answered(answered(begin, scored), { ...ended, loss: [3, 2], accuracy: null });
}

describe("what has to be made anew when a setting changes", () => {
  it("is the cut for what decides patches, and the run for all that decides it", () => {
    const run = trained("done", 20);
    const wanted = { ...ownParameters, patchSize: 8, filters: [16, 8], dense: 64 } as const;
    expect(staleCut(cut, wanted)).toEqual(["patchSize"]);
    expect(staleRun(run, wanted)).toEqual(["patchSize", "filters"]);
    expect(staleRun(run, { ...ownParameters, pcaVarianceShare: 0.5 })).toEqual([]);
  });

  it("is nothing of a run that was stopped where the controls ask for its epochs", () => {
    expect(staleRun(trained("stopped", 7), ownParameters)).toEqual(["epochs"]);
    expect(staleRun(trained("stopped", 7), { ...ownParameters, epochs: 7 })).toEqual([]);
  });
});

describe("a run", () => {
  it("says by what it was made: epochs that it has behind it, and what is not the district's own", () => {
    const run = trained("stopped", 7, { filters: [32, 16], seed: 5 });
    expect(madeBy(run).epochs).toBe(7);
    expect(madeByText(run, ownParameters)).toBe("7 epochs, stopped; filters 32, 16; seed 5");
    expect(madeByText(trained("done", 20), ownParameters)).toBe(
      "20 epochs; all else as in method.json; seed 20201204",
    );
  });

  it("keeps its own parameters when the controls change in its middle, and says so", () => {
    const run = begun("autoencoder", cut, ownParameters);
    expect(staleText(run, ownParameters)).toBeNull();
    expect(staleText(run, { ...ownParameters, filters: [32, 16], epochs: 30 })).toBe(
      "Changed since this training began, and no part of it: filters 32, 16; epochs 30.",
    );
  });

  it("goes on to the controls' epochs where nothing else differs, else to its own", () => {
    const stopped = trained("stopped", 7);
    expect(goOnTo(stopped, ownParameters)).toBe(20);
    expect(goOnTo(stopped, { ...ownParameters, epochs: 50 })).toBe(50);
    expect(goOnTo(stopped, { ...ownParameters, epochs: 50, seed: 1 })).toBe(20);
    expect(goOnTo(trained("done", 20), ownParameters)).toBeNull();
    expect(goOnTo(trained("done", 20), { ...ownParameters, epochs: 21 })).toBe(21);
    expect(goOnTo(begun("autoencoder", cut, ownParameters), ownParameters)).toBeNull();
  });

  it("takes one epoch more only where the controls ask for the same network", () => {
    const run = trained("done", 1, { epochs: 1 });
    expect(stepsFrom(run, ownParameters)).toBe(true);
    expect(stepsFrom(run, { ...ownParameters, learningRate: 0.01 })).toBe(false);
    expect(stepsFrom(null, ownParameters)).toBe(false);
  });

  it("that was refused has nothing to go on with", () => {
    const begin = begun("autoencoder", cut, ownParameters);
    const run = answered(begin, { type: "refused", id: 1, message: "No." });
    expect(run.status).toBe("stopped");
    expect(goOnTo(run, ownParameters)).toBeNull();
  });

  it("of a classifier has the auto-encoder's parameters, and only its own of the controls", () => {
    const run = trained("stopped", 7, { filters: [32, 16] });
    const wanted = { ...ownParameters, dense: 64, seed: 99, batchSize: 8 };
    expect(classifierParameters(run, wanted)).toEqual({
      ...ownParameters,
      ...{ filters: [32, 16], epochs: 7, dense: 64 },
    });
  });

  it("has the loss of each epoch, and of the one that runs", () => {
    const rest = { epochs: 3, batch: 1, batches: 2, accuracy: null, secondsLeft: 1 };
    const news = (epoch: number, loss: number) =>
      ({ type: "progress", id: 1, progress: { ...rest, epoch, loss } }) as const;
    const events = [news(1, 9), news(1, 8), news(2, 7), news(2, 6), news(3, 5)];
    const run = events.reduce(answered, begun("autoencoder", cut, ownParameters));
    expect(run.loss).toEqual([8, 6, 5]);
  });
});
