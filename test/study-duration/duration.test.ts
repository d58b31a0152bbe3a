import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { coreSpeed } from "../../scripts/core-speed";
import { studiesInOrder } from "../../scripts/generated-district";
import {
  type AskedRun,
  durationSentence,
  durationsOf,
  expectedDuration,
  type ReferenceDurations,
  readReference,
} from "../../scripts/study-duration";

const root = join(__dirname, "../..");
const results = mkdtempSync(join(tmpdir(), "durations-"));

const reference: ReferenceDurations = {
  machine: { cores: 2, speed: 800 },
  seconds: { paper: { hills: { "00-evidence": [0, 30], "01-correlation": [400, 10] } } },
};

const hills: AskedRun = {
  ...{ study: "hills", profile: "paper", notebooks: ["00-evidence", "01-correlation"] },
  results: join(results, "nothing"),
};

/** Results of an earlier run of hills, in the paper profile unless another is named. */
function earlierRun(name: string, seconds: number, status = "ok", profile = "paper"): string {
  const folder = join(results, name);
  mkdirSync(folder);
  const trials = [{ label: "CAE", seconds: 20, fromStore: true }];
  const run = {
    notebooks: { "01-correlation": { trials, profile } },
    durations: { "01-correlation": { seconds, status } },
  };
  writeFileSync(join(folder, "run.json"), JSON.stringify(run));
  return folder;
}

describe("how long a study will take", () => {
  it("is the reference's time on a machine like it, which its cores share", () => {
    // 1.4 * (30 + 400 + 10) / 2
    const expected = { seconds: 308, known: "elsewhere", unknown: [] };
    expect(expectedDuration([hills], reference.machine, reference)).toEqual(expected);
  });

  it("is twice that at half the speed, half with twice the cores, and at least that of a notebook", () => {
    const at = (cores: number, speed: number) =>
      expectedDuration([hills], { cores, speed }, reference).seconds;
    expect(at(2, 400)).toBeCloseTo(616, 9);
    expect(at(4, 800)).toBeCloseTo(154, 9);
    expect(at(64, 800)).toBe(30);
  });

  it("is, of what has run here before, what it and its trainings took", () => {
    const run = { ...hills, results: earlierRun("before", 50) };
    // 1.4 * (30 + 20 + 50) / 2
    const expected = { seconds: 70, known: "partly", unknown: [] };
    expect(expectedDuration([run], reference.machine, reference)).toEqual(expected);
    const again = { ...run, notebooks: ["01-correlation"] };
    expect(expectedDuration([again], { cores: 1, speed: 1 }, reference)).toEqual({
      ...{ seconds: 98, known: "here", unknown: [] },
    });
  });

  it("is not what a failed run took, or one of another profile", () => {
    for (const folder of [
      earlierRun("failed", 3, "failed"),
      earlierRun("smoke", 3, "ok", "smoke"),
    ]) {
      const run = { ...hills, results: folder };
      expect(expectedDuration([run], reference.machine, reference).seconds).toBe(308);
    }
  });

  it("is not guessed for a study that nobody has timed", () => {
    const mine = { ...hills, study: "mine" };
    const expected = expectedDuration([mine], reference.machine, reference);
    expect(expected.unknown).toEqual(["mine"]);
    expect(durationSentence(expected)).toBe(
      "How long mine takes is not known before it has run once.",
    );
    const ours = { ...hills, study: "ours" };
    const both = expectedDuration([mine, ours, hills], reference.machine, reference);
    expect(durationSentence(both)).toBe(
      "This will take about 5 minutes, by this machine's speed; less where trainings have been done. How long mine and ours take is not known before they have run once.",
    );
  });

  it("is told in words that are no more exact than it", () => {
    const told = (seconds: number) =>
      durationSentence({ seconds, known: "here", unknown: [] })?.split(",")[0];
    expect([20, 60, 240, 460, 1300, 9000].map(told)).toEqual(
      ["half a minute", "a minute", "4 minutes", "8 minutes", "20 minutes", "2.5 hours"].map(
        (text) => `This will take about ${text}`,
      ),
    );
    expect(durationSentence({ seconds: 0, known: "here", unknown: [] })).toBeNull();
  });

  it("is known of every notebook and every study that is shipped", () => {
    const { seconds } = readReference();
    const notebooks = readdirSync(join(root, "notebooks"))
      .filter((name) => name.endsWith(".ipynb"))
      .map((name) => name.replace(".ipynb", ""));
    for (const profile of ["paper", "smoke"]) {
      for (const study of ["golden-triangle", "hezuo-synthetic", "murchison"]) {
        expect(Object.keys(seconds[profile][study]).sort(), `${profile} ${study}`).toEqual(
          notebooks.sort(),
        );
      }
    }
  });
});

it("a record tells what notebooks took, and of trainings each once, by whomever they were computed", () => {
  const trial = (seconds: number, fromStore = false) => ({ label: "CAE", seconds, fromStore });
  const run = {
    notebooks: {
      "04-roc": { trials: [trial(9, true), trial(60, true)], profile: "paper" },
      "00-evidence": { trials: [], profile: "paper" },
      "02-cae-variants": { trials: [trial(60), trial(40)], profile: "paper" },
      "05-cnn-proportions": { trials: [], profile: "paper" },
    },
    durations: {
      "00-evidence": { seconds: 28, status: "ok" },
      "02-cae-variants": { seconds: 70, status: "ok" },
      "04-roc": { seconds: 3, status: "ok" },
      "05-cnn-proportions": { seconds: 3, status: "failed" },
    },
  };
  // 60 + 40 on two cores are 50 of the 70; those of 60 seconds are the same training.
  expect(durationsOf(run, 2)).toEqual({
    paper: { "00-evidence": [0, 28], "02-cae-variants": [100, 20], "04-roc": [9, 3] },
  });
});

it("a core's speed is a positive number of products, whatever it looks at", () => {
  expect(coreSpeed(0.02)).toBeGreaterThan(1);
});

it("the golden triangle runs first, and the generated district is known before it is there", () => {
  const studies = studiesInOrder(root);
  expect(studies[0]).toBe("golden-triangle");
  expect(studies).toContain("hezuo-synthetic");
  expect(studies).toContain("murchison");
  expect(studies.slice(1)).toEqual(studies.slice(1).sort());
});
