import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(__dirname, "../..");

function doctor(project: string, environment: NodeJS.ProcessEnv = process.env) {
  const script = join(project, "scripts", "doctor.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env: environment });
  return { status, out: stdout.toString(), err: stderr.toString() };
}

/** The lines under a heading. */
function under(text: string, heading: string): string[] {
  const lines = text.split("\n");
  const from = lines.indexOf(heading) + 1;
  return lines.slice(from, lines.indexOf("", from));
}

it("finds all that is needed where set-up has run", () => {
  const { status, out, err } = doctor(root);
  expect(err).toBe("");
  expect(status).toBe(0);
  const needed = under(out, "Needed");
  expect(needed).toHaveLength(6);
  expect(needed.filter((line) => !line.startsWith("  there "))).toEqual([]);
  expect(out).toMatch(/Studies: .*golden-triangle.*murchison/);
});

it("names what a fresh clone lacks and the command that makes it, with nothing installed", () => {
  const clone = mkdtempSync(join(tmpdir(), "clone-"));
  cpSync(join(root, "scripts"), join(clone, "scripts"), { recursive: true });
  mkdirSync(join(clone, "data"));
  const { status, out, err } = doctor(clone, { PATH: "", PROSPECTIVITY_CHROMIUM: "" });
  rmSync(clone, { recursive: true });
  expect(err).toBe("");
  expect(status).toBe(1);
  const missing = under(out, "Needed").filter((line) => line.startsWith("  missing "));
  expect(missing.map((line) => line.slice(11).split(":")[0])).toEqual([
    ...["packages", "kernel", "library", "synthetic district"],
  ]);
  expect(missing[0]).toContain("npm run setup");
  expect(out).toMatch(/missing {2}Jupyter, .*not on the PATH/);
});
