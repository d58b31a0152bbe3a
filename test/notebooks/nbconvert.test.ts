import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readNotebook } from "../../scripts/jupyter/notebook-file";

const root = join(__dirname, "../..");
const results = mkdtempSync(join(tmpdir(), "nbconvert-"));
/** Samples and evidence, groups and tests, comparators, targets, coherence: on the usual district. */
const chosen = readdirSync(join(root, "notebooks")).filter((name) =>
  /^0[04679]-.*\.ipynb$/.test(name),
);

afterAll(() => rmSync(results, { recursive: true, force: true }));

it.skipIf(spawnSync("jupyter-nbconvert", ["--version"]).status !== 0)(
  "jupyter nbconvert --execute runs the same notebooks unchanged",
  () => {
    expect(chosen).toHaveLength(5);
    const out = join(results, "by-nbconvert");
    const { status, stderr } = spawnSync(
      "jupyter-nbconvert",
      ["--to", "notebook", "--execute", "--output-dir", out].concat(
        chosen.map((name) => join(root, "notebooks", name)),
      ),
      {
        env: {
          ...process.env,
          JUPYTER_PATH: join(root, ".kernel"),
          PROSPECTIVITY_PROFILE: "smoke",
          PROSPECTIVITY_RESULTS: results,
        },
      },
    );
    expect(status, stderr.toString()).toBe(0);
    for (const name of chosen) {
      const { cells } = readNotebook(join(out, name));
      const types = cells.flatMap(({ outputs = [] }) =>
        outputs.flatMap((output) => ("data" in output ? Object.keys(output.data) : [])),
      );
      // Each notebook shows charts with the drawing beside the specification.
      expect(types).toContain("image/svg+xml");
      expect(types).toContain("application/vnd.vegalite.v5+json");
    }
  },
  600_000,
);
