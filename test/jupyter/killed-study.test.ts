import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomStream } from "../../lib/src/random";
import { decodeResult, encodeResult } from "../../lib/src/runs/encode";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "killed-"));
const kills = 12;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a notebook of ten trainings in a process group of its own; killed after some seconds. */
async function study(results: string, killAfterSeconds?: number): Promise<string | number | null> {
  const options = ["--study", "murchison", "--profile", "smoke", "--only", "02", "--out", results];
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/study.ts", ...options], {
    ...{ cwd: root, stdio: "ignore", detached: true },
  });
  const ended = new Promise<string | number | null>((resolve) =>
    child.once("exit", (code, signal) => resolve(signal ?? code)),
  );
  if (killAfterSeconds !== undefined) {
    setTimeout(() => {
      if (child.exitCode === null) process.kill(-(child.pid ?? 0), "SIGKILL");
    }, 1000 * killAfterSeconds);
  }
  return ended;
}

/** Files that say nothing of how long something took. */
function timeless(results: string): string[] {
  return readdirSync(join(results, "murchison"), { recursive: true, encoding: "utf8" })
    .filter((name) => /^(figures|tables|maps)[/\\].*\.\w+$|^metrics\.json$/.test(name))
    .sort();
}

/** What the run store holds, by name, but for the seconds that each training took. */
function trained(results: string): { [name: string]: Buffer } {
  const store = join(results, ".runs");
  const names = readdirSync(store, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith(".run"))
      .map((name) => {
        const result = { ...decodeResult(readFileSync(join(store, name))), seconds: 0 };
        return [name, Buffer.from(encodeResult(result))];
      }),
  );
}

const whole = join(folder, "whole");
let seconds = 0;

beforeAll(async () => {
  const started = Date.now();
  expect(await study(whole)).toBe(0);
  seconds = (Date.now() - started) / 1000;
}, 300_000);

/** That a results folder holds what an undisturbed run gives, to the byte, and nothing half. */
function expectWhole(results: string): void {
  const files = readdirSync(results, { recursive: true, encoding: "utf8" });
  expect(files.filter((name) => /\.(part|begun)$/.test(name))).toEqual([]);
  expect(timeless(whole).length).toBeGreaterThan(20);
  expect(timeless(results)).toEqual(timeless(whole));
  for (const name of timeless(results)) {
    const [one, other] = [results, whole].map((place) =>
      readFileSync(join(place, "murchison", name)),
    );
    expect(one.equals(other), name).toBe(true);
  }
  const [ours, theirs] = [trained(results), trained(whole)];
  expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
  for (const name of Object.keys(ours)) {
    expect(ours[name].equals(theirs[name]), name).toBe(true);
  }
}

describe.skipIf(process.platform === "win32")("a study", () => {
  it(`killed ${kills} times at random moments gives the same bytes in the end, and leaves no kernel`, async () => {
    const killed = join(folder, "killed");
    const random = randomStream(1, "moments to kill a study");
    const ends: (string | number | null)[] = [];
    for (let kill = 0; kill < kills; kill++) {
      ends.push(await study(killed, seconds * (0.1 + 0.6 * random.uniform())));
    }
    expect(ends.filter((end) => end === "SIGKILL").length).toBeGreaterThan(kills / 2);
    expect(await study(killed)).toBe(0);
    expectWhole(killed);
    expect(kernelsOf(killed)).toEqual([]);
  }, 900_000);

  it("run twice at once in one folder gives the same bytes", async () => {
    const both = join(folder, "both");
    expect(await Promise.all([study(both), study(both)])).toEqual([0, 0]);
    expectWhole(both);
  }, 300_000);
});

/** Processes that were given a results folder, such as kernels whose runner was killed. */
function kernelsOf(results: string): string[] {
  if (!existsSync("/proc")) return [];
  return readdirSync("/proc").filter((id) => {
    if (!/^\d+$/.test(id) || Number(id) === process.pid) return false;
    try {
      return readFileSync(`/proc/${id}/environ`, "utf8").includes(results);
    } catch {
      return false;
    }
  });
}
