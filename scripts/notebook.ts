import { spawn, spawnSync } from "node:child_process";
import { delimiter, join, resolve } from "node:path";

const root = resolve(__dirname, "..");

/** Ways to open notebooks, the one liked best first. */
const frontEnds = ["jupyter-lab", "jupyter-notebook"];

const howToGetJupyter =
  "No Jupyter on the PATH: get it with `apt-get install jupyter-notebook` or `pip install jupyterlab`, or open the notebooks in VS Code.";

/** The first front end that answers, or null. */
export function findFrontEnd(environment: NodeJS.ProcessEnv = process.env): string | null {
  const answers = (command: string) =>
    spawnSync(command, ["--version"], { env: environment, stdio: "ignore" }).status === 0;
  return frontEnds.find(answers) ?? null;
}

/** Opens the notebooks in Jupyter, with the project's kernel registered for this process only. */
function main(args: readonly string[]): void {
  const command = findFrontEnd();
  if (command === null) {
    console.error(howToGetJupyter);
    process.exitCode = 1;
    return;
  }
  if (args.includes("--which")) {
    console.log(command);
    return;
  }
  const paths = [join(root, ".kernel"), process.env.JUPYTER_PATH].filter(Boolean);
  const env = { ...process.env, JUPYTER_PATH: paths.join(delimiter) };
  const child = spawn(command, args, { cwd: join(root, "notebooks"), env, stdio: "inherit" });
  child.on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

if (require.main === module) main(process.argv.slice(2));
