import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
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

it.skipIf(process.platform === "win32")(
  `a study killed ${kills} times at random moments gives the same bytes in the end, and nothing stays half-written`,
  async () => {
    const [whole, killed] = ["whole", "killed"].map((name) => join(folder, name));
    const started = Date.now();
    expect(await study(whole)).toBe(0);
    const seconds = (Date.now() - started) / 1000;
    const random = randomStream(1, "moments to kill a study");
    const ends: (string | number | null)[] = [];
    for (let kill = 0; kill < kills; kill++) {
      ends.push(await study(killed, seconds * (0.1 + 0.6 * random.uniform())));
    }
    expect(ends.filter((end) => end === "SIGKILL").length).toBeGreaterThan(kills / 2);
    expect(await study(killed)).toBe(0);

    const files = readdirSync(killed, { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => /\.(part|begun)$/.test(name))).toEqual([]);
    expect(timeless(killed)).toEqual(timeless(whole));
    expect(timeless(killed).length).toBeGreaterThan(20);
    for (const name of timeless(killed)) {
      const [one, other] = [killed, whole].map((place) =>
        readFileSync(join(place, "murchison", name)),
      );
      expect(one.equals(other), name).toBe(true);
    }
    const [ours, theirs] = [trained(killed), trained(whole)];
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const name of Object.keys(ours)) {
      expect(ours[name].equals(theirs[name]), name).toBe(true);
    }
    expect(kernelsOf(killed)).toEqual([]);
  },
  600_000,
);

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
