import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeWhole } from "../../lib/src/files";
import { type Kernel, startKernel } from "./kernel";
import type { Message } from "./messages";
import { type Cell, type NotebookFile, type Output, readNotebook, sourceOf } from "./notebook-file";
import { collectOutputs } from "./outputs";

export interface ExecuteOptions {
  /** The notebook to run; it is not changed. */
  readonly path: string;
  /** Where the executed notebook goes; a failed one goes to NAME.failed.ipynb beside it. */
  readonly outputPath: string;
  readonly root: string;
  readonly timeoutSeconds: number;
  /** Variables for the kernel, such as PROSPECTIVITY_STUDY. */
  readonly environment: { readonly [name: string]: string | undefined };
  readonly stop?: StopOptions;
  readonly onProgress?: (progress: CellProgress) => void;
}

/** How a notebook is stopped on its way. */
export interface StopOptions {
  /** Interrupts the kernel, as the stop button does. */
  readonly signal: AbortSignal;
  /** Code that waits, after an interrupt, until work has come to rest, and prints what was kept. */
  readonly restCode: string;
  /** How long that may take before the kernel is ended. */
  readonly seconds: number;
}

/** How far a notebook has come. */
export interface CellProgress {
  readonly notebook: string;
  /** Number of the code cell, from 1, and how many there are. */
  readonly cell: number;
  readonly cells: number;
  /** "start", a line of output, "end", or a note of the runner itself. */
  readonly event: "start" | "output" | "end" | "note";
  readonly text: string;
  readonly seconds: number;
}

/** Why a notebook failed. */
export interface NotebookFailure {
  /** Number of the code cell, from 1. */
  readonly cell: number;
  readonly source: string;
  /** The error's message and stack as the kernel reported them. */
  readonly message: string;
}

/** A notebook that ran, to the end or not. */
export interface NotebookRun {
  readonly notebook: string;
  /** The executed notebook that was written. */
  readonly outputPath: string;
  readonly seconds: number;
  readonly failure: NotebookFailure | null;
  /** What was kept when it was stopped; null when it was not. */
  readonly stopped: string | null;
}

/** What tslab writes on stderr when an error escapes outside a cell, as in a timer. */
const escapedError = /^(UncaughtException|UnhandledPromiseRejection): /m;

/** tslab refuses cells for a fifth of a second after one that failed. */
const refusalMilliseconds = 300;

/** How long errors in timers may still come in after the last cell. */
const graceMilliseconds = 1000;

/**
 * Runs a notebook in a kernel of its own and writes it with its outputs. A failing cell, an error
 * that escapes in a timer, a kernel that dies and a time limit overrun all end the run and are
 * told; what had been put out until then is written and marked as failed.
 */
export async function executeNotebook(options: ExecuteOptions): Promise<NotebookRun> {
  const started = Date.now();
  const notebook = basename(options.path, ".ipynb");
  const file = readNotebook(options.path);
  const codeCells = file.cells.filter(({ cell_type }) => cell_type === "code");
  const outputs = collectOutputs();
  const counts = new Map<number, number>();
  const seconds = () => (Date.now() - started) / 1000;
  const isStopped = () => options.stop?.signal.aborted === true;
  let current = 0;
  let escaped: { cell: number; text: string } | null = null;
  const cellOfRequest = new Map<string, number>();
  const report = (event: CellProgress["event"], text: string) =>
    options.onProgress?.({
      notebook,
      cell: current + 1,
      cells: codeCells.length,
      event,
      text,
      seconds: seconds(),
    });
  const onRetry = (why: string) => report("note", `started the kernel once more: ${why}`);
  const failure = await withKernel(options, onRetry, async (kernel) => {
    const waiting = new Map<string, (status: string) => void>();
    const replied = new Map<string, (status: string) => void>();
    kernel.onPublished((message) => {
      const cell = cellOfRequest.get(message.parent_header.msg_id ?? "");
      if (cell === undefined) return;
      if (isIdle(message)) waiting.get(message.parent_header.msg_id ?? "")?.("idle");
      const line = outputs.take(cell, message);
      if (line !== null) report("output", line);
      if (isEscapedError(message)) escaped ??= { cell, text: String(message.content.text) };
    });
    kernel.onReply((message) => {
      const id = message.parent_header.msg_id ?? "";
      replied.get(id)?.(String(message.content.status));
    });
    /** Runs code and waits until it is answered and all that it published has come. */
    const run = async (code: string, cell: number): Promise<string> => {
      const content = {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: false,
      };
      const id = randomUUID();
      cellOfRequest.set(id, cell);
      const idle = new Promise((resolve) => waiting.set(id, resolve));
      const status = new Promise<string>((resolve) => replied.set(id, resolve));
      await kernel.request(id, "execute_request", content);
      await idle;
      return status;
    };
    /** A cell that is interrupted fails before what it started has ended. */
    const comeToRest = async () => {
      for (let status = ""; status !== "ok"; ) {
        await new Promise((resolve) => setTimeout(resolve, refusalMilliseconds));
        status = await run(options.stop?.restCode ?? "", codeCells.length);
      }
    };
    for (const [at, cell] of codeCells.entries()) {
      current = at;
      const source = sourceOf(cell);
      report("start", source.split("\n")[0]);
      const status = await run(source, at);
      counts.set(at, at + 1);
      report("end", source.split("\n")[0]);
      if (isStopped()) {
        await comeToRest();
        return failed(at, source, "stopped");
      }
      if (status !== "ok") return failed(at, source, errorText(outputs.outputsOf(at)));
      if (escaped !== null) break;
    }
    if (escaped === null) await new Promise((resolve) => setTimeout(resolve, graceMilliseconds));
    if (escaped === null) return null;
    const { cell, text } = escaped as { cell: number; text: string };
    return failed(cell, sourceOf(codeCells[cell]), text);
  }).catch((error: unknown) =>
    failed(
      current,
      sourceOf(codeCells[current]),
      error instanceof Error ? error.message : String(error),
    ),
  );
  const executed = withOutputs(file, outputs.outputsOf, counts, failure);
  const outputPath = writeExecuted(options.outputPath, executed, failure !== null);
  const stopped = isStopped() ? printedText(outputs.outputsOf(codeCells.length)) : null;
  return { notebook, outputPath, seconds: seconds(), failure, stopped };
}

/** Works with a kernel that is stopped whatever happens; its death and the time limit are errors. */
async function withKernel<T>(
  options: ExecuteOptions,
  onRetry: (why: string) => void,
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const { root, path, environment, timeoutSeconds, stop } = options;
  const kernel = await startKernel({ root, cwd: dirname(path), environment }, onRetry);
  let timer: NodeJS.Timeout | undefined;
  const overrun = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      kernel.interrupt();
      reject(new Error(`the time limit of ${timeoutSeconds} s is over`));
    }, timeoutSeconds * 1000);
  });
  const death = kernel.death.then(({ code, signal }) => {
    throw new Error(
      `the kernel died (${signal ?? `exit code ${code}`}). ${kernel.printed().slice(-2000)}`.trim(),
    );
  });
  let restTimer: NodeJS.Timeout | undefined;
  // One signal serves all notebooks of a study, so that each takes its listener away again.
  const ended = new AbortController();
  const unrest = new Promise<never>((_, reject) => {
    const interrupt = () => {
      kernel.interrupt();
      const limit = (stop?.seconds ?? 0) * 1000;
      restTimer = setTimeout(() => reject(new Error("stopped, before its work had ended")), limit);
    };
    if (stop?.signal.aborted) reject(new Error("stopped"));
    else stop?.signal.addEventListener("abort", interrupt, { once: true, signal: ended.signal });
  });
  try {
    return await Promise.race([work(kernel), overrun, death, unrest]);
  } finally {
    clearTimeout(timer);
    clearTimeout(restTimer);
    ended.abort();
    await kernel.stop();
  }
}

function isIdle({ header, content }: Message): boolean {
  return header.msg_type === "status" && content.execution_state === "idle";
}

function isEscapedError({ header, content }: Message): boolean {
  const isStderr = header.msg_type === "stream" && content.name === "stderr";
  return isStderr && escapedError.test(String(content.text));
}

function failed(cell: number, source: string, message: string): NotebookFailure {
  return { cell: cell + 1, source, message: explained(message) };
}

/** What tslab's compiler dies of when files that it watches change twice in a moment. */
const changedFiles = "Unexpected pending rebuildTimer";

const changedFilesAdvice =
  "The kernel ended because files it watches were changed while it ran: lib was built anew, or packages were installed. Run the same command again, and build or install nothing meanwhile: finished notebooks and stored trainings are kept.";

/** A message with what it means put before it, where that is known. */
export function explained(message: string): string {
  return message.includes(changedFiles) ? `${changedFilesAdvice}\n\n${message}` : message;
}

/** tslab puts the message and stack of an error on stderr, not into its reply. */
function errorText(outputs: readonly Output[]): string {
  const texts = outputs.flatMap((output) => {
    if (output.output_type === "stream" && output.name === "stderr") return [output.text];
    if (output.output_type === "error") return [`${output.ename}: ${output.evalue}`];
    return [];
  });
  return texts.join("\n").trim() || "the kernel reported an error without a message";
}

function printedText(outputs: readonly Output[]): string {
  return outputs
    .flatMap((output) =>
      output.output_type === "stream" && output.name === "stdout" ? [output.text] : [],
    )
    .join("")
    .trim();
}

function withOutputs(
  file: NotebookFile,
  outputsOf: (cell: number) => Output[],
  counts: ReadonlyMap<number, number>,
  failure: NotebookFailure | null,
): NotebookFile {
  let at = -1;
  const cells = file.cells.map((cell): Cell => {
    if (cell.cell_type !== "code") return cell;
    at += 1;
    return { ...cell, execution_count: counts.get(at) ?? null, outputs: outputsOf(at) };
  });
  const status = failure === null ? { status: "ok" } : { status: "failed", ...failure };
  return { ...file, cells, metadata: { ...file.metadata, prospectivity: status } };
}

/** Writes NAME.ipynb or NAME.failed.ipynb, and removes the other one of an earlier run. */
function writeExecuted(outputPath: string, file: NotebookFile, hasFailed: boolean): string {
  const failedPath = join(dirname(outputPath), `${basename(outputPath, ".ipynb")}.failed.ipynb`);
  const [written, stale] = hasFailed ? [failedPath, outputPath] : [outputPath, failedPath];
  writeWhole(written, `${JSON.stringify(file, null, 1)}\n`);
  rmSync(stale, { force: true });
  return written;
}
