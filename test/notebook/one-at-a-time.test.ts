import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { oneAtATime } from "../../lib/src/one-at-a-time";
import { readMetrics } from "../../lib/src/runs/record-files";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "one-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("four processes that each add 25 numbers to one file lose none", async () => {
  const writer = join(__dirname, "many-metrics", "writer.ts");
  const write = (who: string) =>
    new Promise((resolve) => {
      const options = { cwd: root, stdio: "inherit" } as const;
      spawn(process.execPath, ["--import", "tsx", writer, folder, who], options).on(
        "exit",
        resolve,
      );
    });
  expect(await Promise.all(["a", "b", "c", "d"].map(write))).toEqual([0, 0, 0, 0]);
  expect(Object.keys(readMetrics(folder))).toHaveLength(100);
});

it("goes on where a killed process left its mark", () => {
  const path = join(folder, "forgotten.json");
  mkdirSync(`${path}.at-work`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(`${path}.at-work`, longAgo, longAgo);
  expect(oneAtATime(path, () => "done")).toBe("done");
  expect(existsSync(`${path}.at-work`)).toBe(false);
});

it("leaves no mark when the work fails", () => {
  const path = join(folder, "failing.json");
  const failing = () =>
    oneAtATime(path, () => {
      throw new Error("full");
    });
  expect(failing).toThrow("full");
  expect(existsSync(`${path}.at-work`)).toBe(false);
});
