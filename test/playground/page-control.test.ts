import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Controller, controller } from "../../scripts/playground/page/controller";
import { FIRST_STATE, type State } from "../../scripts/playground/page/state";
import type { Answer, Request } from "../../scripts/playground/protocol";
import { district, judged, prepared } from "../support/three-layers";

/** A worker whose answers are given by hand. */
interface Asked {
  readonly request: Request;
  readonly answer: (answer: Answer) => void;
}

let state: State;
let address = "";
let asked: Asked[] = [];
let control: Controller;
const scores = Float64Array.of(5, 4, 3, 2, 1);

const last = (type: Request["type"]) =>
  asked.filter(({ request }) => request.type === type).at(-1)!;

beforeEach(async () => {
  vi.useFakeTimers();
  const ability = { threads: 1, isolated: false, kernels: "SIMD", lacks: null } as const;
  const packs = ["small", "other"].map((id) => ({ id, title: id }));
  state = { ...FIRST_STATE, packs, ability };
  asked = [];
  control = controller({
    worker: { ask: (request, answer) => asked.push({ request, answer }) },
    loadPack: () => Promise.resolve(new ArrayBuffer(0)),
    state: () => state,
    update: (change) => {
      state = { ...state, ...change };
    },
    putAddress: (hash) => {
      address = hash;
    },
    say: () => undefined,
  });
  control.openAddress("#district=small");
  await vi.advanceTimersByTimeAsync(0);
  last("open").answer({ type: "opened", id: 1, district });
  last("prepare").answer({ type: "prepared", id: 2, prepared });
});

async function train(): Promise<Asked> {
  await control.train("autoencoder");
  return last("train");
}

const scored: Answer = {
  ...{ type: "scores", id: 3, epoch: 20, scores, judged: [judged(0.7)], loss: [1], accuracy: null },
};
const ended = (status: "done" | "stopped", epochs: number): Answer => ({
  ...{ type: "trained", id: 3, status, epochs, seconds: 1, loss: [1], accuracy: null, hash: "ab" },
});

describe("settings that are turned while a network trains", () => {
  it("change nothing of it, and patches are cut for them when it has ended", async () => {
    const { answer } = await train();
    control.setParameter("patchSize", 8);
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked.filter(({ request }) => request.type === "prepare")).toHaveLength(1);
    answer(scored);
    answer(ended("done", 20));
    expect(state.autoencoder?.parameters.patchSize).toBe(12);
    expect(state.autoencoder?.cut.prepared.patchSize).toBe(12);
    await vi.advanceTimersByTimeAsync(1000);
    expect(last("prepare").request).toMatchObject({ parameters: { patchSize: 8 } });
    expect(state.autoencoder?.scores).toBe(scores);
  });

  it("decide the next training, whose patches are cut first", async () => {
    control.setParameter("patchSize", 8);
    const training = control.train("autoencoder");
    expect(asked.some(({ request }) => request.type === "train")).toBe(false);
    last("prepare").answer({ type: "prepared", id: 3, prepared: { ...prepared, patchSize: 8 } });
    await training;
    expect(last("train").request).toMatchObject({ goOn: false, parameters: { patchSize: 8 } });
    expect(state.autoencoder?.cut.prepared.patchSize).toBe(8);
  });
});

describe("a training", () => {
  it("that was stopped goes on with its own parameters", async () => {
    const { answer, request } = await train();
    control.stop();
    expect(last("stop").request).toEqual({ type: "stop", id: request.id });
    answer({ ...scored, epoch: 7 } as Answer);
    answer(ended("stopped", 7));
    control.setParameter("filters", [32, 16]);
    expect(control.goesOnTo("autoencoder")).toBe(20);
    control.goOn("autoencoder", 20);
    expect(last("train").request).toMatchObject({
      goOn: true,
      parameters: { filters: [8, 4], epochs: 20 },
    });
  });

  it("by single epochs goes on from the last", async () => {
    await control.step("autoencoder");
    expect(last("train").request).toMatchObject({ goOn: false, parameters: { epochs: 1 } });
    last("train").answer({ ...scored, epoch: 1 } as Answer);
    last("train").answer(ended("done", 1));
    await control.step("autoencoder");
    expect(last("train").request).toMatchObject({ goOn: true, parameters: { epochs: 2 } });
  });

  it("that was given up says nothing more", async () => {
    const { answer } = await train();
    control.reset();
    answer(scored);
    answer(ended("stopped", 20));
    expect(state.autoencoder).toBeNull();
    expect(state.setup?.map).toBe("layer.gold");
  });

  it("that was given up says nothing to the one after it", async () => {
    const { answer } = await train();
    control.reset();
    await train();
    answer(scored);
    answer(ended("stopped", 20));
    expect(state.autoencoder).toMatchObject({ status: "training", epochs: 0, scores: null });
  });

  it("that is refused leaves what was there before", async () => {
    const { answer } = await train();
    answer(scored);
    answer(ended("done", 20));
    control.setParameter("batchSize", 60_000);
    const refused = await train();
    expect(state.autoencoder?.status).toBe("training");
    refused.answer({ type: "refused", id: 4, message: "Too large." });
    expect(state.trouble).toBe("Too large.");
    expect(state.autoencoder).toMatchObject({ status: "done", epochs: 20, hash: "ab" });
    expect(state.autoencoder?.parameters.batchSize).toBe(32);
  });

  it("begins no second one beside it", async () => {
    await train();
    const before = asked.length;
    await control.train("autoencoder");
    control.goOn("autoencoder", 30);
    expect(asked).toHaveLength(before);
  });
});

it("a classifier whose auto-encoder has been trained on since cannot go on", async () => {
  const { answer } = await train();
  answer(scored);
  answer(ended("done", 20));
  await control.train("classifier");
  last("classify").answer({ ...scored, epoch: 5 } as Answer);
  last("classify").answer(ended("stopped", 5));
  expect(control.goesOnTo("classifier")).toBe(20);
  control.goOn("autoencoder", 21);
  last("train").answer({ ...(ended("done", 21) as object), hash: "cd" } as Answer);
  expect(control.goesOnTo("classifier")).toBeNull();
});

it("answers to an earlier cut of the patches are void", async () => {
  control.setParameter("patchSize", 8);
  await vi.advanceTimersByTimeAsync(400);
  const early = last("prepare");
  control.setParameter("patchSize", 16);
  await vi.advanceTimersByTimeAsync(400);
  last("prepare").answer({ type: "prepared", id: 9, prepared: { ...prepared, patchSize: 16 } });
  early.answer({ type: "prepared", id: 8, prepared: { ...prepared, patchSize: 8 } });
  expect(state.cut?.prepared.patchSize).toBe(16);
});

it("the address follows every setting, and what cannot be taken stays out of it", () => {
  control.typeParameter("epochs", "50");
  expect(address).toContain("epochs=50");
  control.typeParameter("epochs", "no");
  expect(address).toContain("epochs=50");
  expect(state.refused.get("epochs")).toEqual({
    ...{ text: "no", why: "Expected 1 to 100000 epochs; what was set before holds." },
  });
});

it("of two districts that are opened at once, the last one stays", async () => {
  control.openAddress("#district=other");
  control.openAddress("#district=small&epochs=9");
  await vi.advanceTimersByTimeAsync(0);
  for (const { request, answer } of asked) {
    if (request.type === "open") answer({ type: "opened", id: 0, district });
  }
  expect(state.setup?.parameters.epochs).toBe(9);
});

it("an address that shows a trained map says that a network is none of it", async () => {
  control.openAddress("#district=elsewhere&map=error");
  await vi.advanceTimersByTimeAsync(0);
  last("open").answer({ type: "opened", id: 0, district });
  expect(state.notes[0]).toBe("No district “elsewhere” is in this playground; small is shown.");
  expect(state.notes[1]).toContain("press Train");
  expect(state.autoencoder).toBeNull();
});

it("a browser that cannot train is asked for no training, and shows its evidence", async () => {
  const ability = { threads: 1, isolated: false, kernels: null, lacks: "no WebAssembly" } as const;
  state = { ...state, ability };
  await control.train("autoencoder");
  await control.step("autoencoder");
  expect(asked.some(({ request }) => request.type === "train")).toBe(false);
  expect(state.cut?.prepared).toBe(prepared);
});
