import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findFrontEnd } from "../../scripts/notebook";
import { describeInBrowser } from "../support/browser";

const root = join(__dirname, "../..");
/** They need no training. */
const notebooks = ["00-evidence", "01-correlation"];
const token = "of-this-test-only";

/** Whether `npm run notebook` starts the classic front end, whose pages this test knows. */
const isClassic =
  findFrontEnd() === "jupyter-notebook" &&
  spawnSync("jupyter-notebook", ["--version"]).stdout.toString().startsWith("6.");
if (!isClassic) {
  console.warn(
    "Passed over: notebooks in Jupyter's own page. npm run notebook does not start jupyter-notebook 6 here (apt-get install jupyter-notebook).",
  );
}

/** Jupyter as `npm run notebook` starts it, on copies of the notebooks. */
interface Started {
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
}

async function start(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), "jupyter-"));
  // What a reader runs is saved in place: the project's own notebooks are not to be run here.
  cpSync(join(root, "notebooks"), join(folder, "notebooks"), { recursive: true });
  for (const name of ["node_modules", "lib", "data"])
    symlinkSync(join(root, name), join(folder, name));
  const port = await freePort();
  const script = [join(root, "node_modules/tsx/dist/cli.mjs"), join(root, "scripts/notebook.ts")];
  const options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", `--port=${port}`];
  const server = [`--NotebookApp.token=${token}`, `--notebook-dir=${join(folder, "notebooks")}`];
  const child = spawn(process.execPath, [...script, ...options, ...server], {
    env: {
      ...process.env,
      PROSPECTIVITY_STUDY: "murchison",
      PROSPECTIVITY_PROFILE: "smoke",
      PROSPECTIVITY_RESULTS: join(folder, "results"),
    },
    stdio: "ignore",
    detached: true,
  });
  const url = `http://127.0.0.1:${port}/`;
  const started = { url, folder, process: child };
  try {
    await vi.waitFor(() => fetch(`${url}api`), { timeout: 60_000, interval: 250 });
  } catch (error) {
    await stop(started);
    throw error;
  }
  return started;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

const asked = (url: string, path: string, method = "GET") =>
  fetch(`${url}${path}`, { method, headers: { Authorization: `token ${token}` } });

/** Ends kernels, which are in no group of ours, then the server; by force what does not end. */
async function stop({ url, folder, process: child }: Started): Promise<void> {
  try {
    const kernels = (await (await asked(url, "api/kernels")).json()) as readonly { id: string }[];
    for (const { id } of kernels) await asked(url, `api/kernels/${id}`, "DELETE");
    await asked(url, "api/shutdown", "POST");
  } catch (error) {
    console.error(error);
  } finally {
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    const timer = setTimeout(() => process.kill(-(child.pid as number), "SIGKILL"), 10_000);
    if (child.exitCode === null) await ended;
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the classic front end keeps in its page. */
interface ClassicWindow {
  readonly Jupyter?: {
    readonly notebook?: {
      readonly kernel_busy: boolean;
      readonly kernel?: { is_connected(): boolean };
      get_cells(): readonly {
        readonly cell_type: string;
        readonly input_prompt_number: number | string | null;
      }[];
    };
  };
}

async function untilReady(page: Page): Promise<void> {
  const isReady = () => {
    const { Jupyter } = window as unknown as ClassicWindow;
    return Jupyter?.notebook?.kernel?.is_connected() === true && !Jupyter.notebook.kernel_busy;
  };
  await page.waitForFunction(isReady, null, { timeout: 60_000 });
}

async function runAll(page: Page): Promise<void> {
  await page.click("#celllink");
  await page.click("#run_all_cells");
  const isAtRest = () => {
    const { Jupyter } = window as unknown as ClassicWindow;
    const code = Jupyter?.notebook?.get_cells().filter(({ cell_type }) => cell_type === "code");
    const areDone = code?.every(({ input_prompt_number: number }) => typeof number === "number");
    return areDone === true && Jupyter?.notebook?.kernel_busy === false;
  };
  await page.waitForFunction(isAtRest, null, { timeout: 240_000, polling: 500 });
}

describe.skipIf(!isClassic)("with jupyter-notebook", () => {
  let started: Started | null = null;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(async () => {
    if (started !== null) await stop(started);
  });

  describeInBrowser("notebooks in Jupyter's own page", (visit) => {
    it.each(notebooks)(
      "%s runs by its menu's Run All to its end, without an error, and shows its charts",
      async (id) => {
        const { url } = started as Started;
        const { page, errors } = await visit(`${url}notebooks/${id}.ipynb?token=${token}`);
        await untilReady(page);
        // What the front end itself asks for in vain while it loads is none of the notebook's.
        const [...before] = errors;
        await runAll(page);
        expect(await page.locator(".output_error, .output_stderr").allTextContents()).toEqual([]);
        const charts = page.locator(".output_svg svg");
        expect(await charts.count()).toBeGreaterThan(0);
        for (const chart of await charts.all()) {
          const box = await chart.boundingBox();
          expect(box?.width).toBeGreaterThan(200);
          expect(box?.height).toBeGreaterThan(50);
        }
        expect(await page.locator(".output_html table").count()).toBeGreaterThan(0);
        expect(errors).toEqual(before);
      },
      300_000,
    );
  });
});
