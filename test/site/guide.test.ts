import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { codeBlocks } from "../../scripts/site/code-blocks";

const root = join(__dirname, "../..");
// As the project lies: the guide's folder, data and results, so that its paths hold.
const place = mkdtempSync(join(tmpdir(), "guide-"));
const messy = join(place, "docs", "guide", "messy-district");
const results = join(place, "results");

afterAll(() => rmSync(place, { recursive: true }));

/** Runs a line of the guide where it tells its reader to, by npm itself, on the place's own folders. */
function ran(line: string) {
  const command = line.replace(/^npm run /, `npm --prefix "${root}" run --silent `);
  const { stdout, stderr, status } = spawnSync(command, {
    ...{ cwd: messy, shell: true, encoding: "utf8" },
    env: {
      ...process.env,
      PROSPECTIVITY_DATA: join(place, "data"),
      PROSPECTIVITY_RESULTS: results,
    },
  });
  return { text: `${stdout}${stderr}`, status };
}

/** Whether a text has the lines of another in their order; between those that "..." parts others may stand. */
function requireLines(text: string, expected: string): void {
  let from = 0;
  for (const part of expected.split(/^\.\.\.$/m)) {
    const lines = part.trim();
    const at = text.indexOf(lines, from);
    expect(at, `${lines}\n\nis not, or not here, in\n\n${text}`).toBeGreaterThanOrEqual(0);
    from = at + lines.length;
  }
}

/** Writes a line into the manifest in the place of the one with its key, as the guide has its reader do. */
function mend(path: string, line: string): void {
  const [key] = line.split(":");
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n").map((each) => (each.trim().startsWith(key) ? `  ${line}` : each));
  expect(lines.join("\n")).not.toBe(text);
  writeFileSync(path, lines.join("\n"));
}

it("the guide of one's own district does what it says, from a messy folder to a report", {
  timeout: 1_200_000,
}, () => {
  mkdirSync(join(place, "data"));
  const source = join(root, "docs/guide");
  cpSync(join(source, "messy-district"), messy, { recursive: true });
  const blocks = codeBlocks(readFileSync(join(source, "your-own-district.md"), "utf8"));
  let printed = "";
  let count = 0;
  for (const { language, note, text } of blocks) {
    if (text.startsWith("cd ")) expect(join(place, text.slice(3))).toBe(messy);
    else if (language === "sh") {
      const { text: said, status } = ran(text);
      expect(status, said).toBe(note === "refused" ? 1 : 0);
      printed = said;
      count++;
    } else if (language === "json") mend(join(place, note), text);
    else requireLines(printed, text);
  }
  expect(count).toBe(6);
  const folder = join(results, "my-district");
  expect(existsSync(join(folder, "report.html"))).toBe(true);
  expect(existsSync(join(folder, "maps/targets.gpkg"))).toBe(true);
  const report = readFileSync(join(folder, "report.html"), "utf8");
  expect(report).toContain("<strong>Synthetic data.</strong>");
  // "In this folder it does not": the error is not above the best single layer.
  const metrics = JSON.parse(readFileSync(join(folder, "metrics.json"), "utf8"));
  expect(metrics["cae.error.auc.all"].value).toBeLessThan(metrics["baseline.bestLayer.auc"].value);
});
