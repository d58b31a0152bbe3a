import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { decodeMessage, encodeRequest, type Message } from "./messages";

export interface KernelOptions {
  /** The project's root, which holds .kernel. */
  readonly root: string;
  /** Where the kernel runs; packages are found from here up. */
  readonly cwd: string;
  readonly environment: { readonly [name: string]: string | undefined };
}

/** How a kernel ended before it was asked to. */
export interface KernelDeath {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A running kernel and the channels to it. */
export interface Kernel {
  /** Sends a request on the shell channel; answers and publications will name its id. */
  request(id: string, type: string, content: object): Promise<void>;
  /** What the kernel publishes: status, streams, displays, errors. */
  onPublished(listener: (message: Message) => void): void;
  /** Answers on the shell channel. */
  onReply(listener: (message: Message) => void): void;
  /** Resolves if the kernel ends by itself. */
  readonly death: Promise<KernelDeath>;
  /** Whatever the kernel's process printed past the protocol. */
  printed(): string;
  interrupt(): void;
  stop(): Promise<void>;
}

const channels = ["shell", "iopub", "stdin", "control", "hb"] as const;

/**
 * Starts a kernel as the project's kernelspec says, and waits until it answers. Another program may
 * take one of its ports between choosing and use; so a kernel that does not come up is started once
 * more, on other ports.
 *
 * @param onRetry told why the first one did not come up
 * @throws Error when the second one dies before it answers, either
 */
export async function startKernel(
  options: KernelOptions,
  onRetry: (why: string) => void = () => undefined,
): Promise<Kernel> {
  const argv = kernelArguments(options.root);
  try {
    return await startOnce(argv, options);
  } catch (error) {
    onRetry(error instanceof Error ? error.message : String(error));
    return startOnce(argv, options);
  }
}

async function startOnce(
  argv: readonly string[],
  { cwd, environment }: KernelOptions,
): Promise<Kernel> {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  const key = randomUUID();
  const ports = await freePorts(channels.length);
  const connection = {
    ip: "127.0.0.1",
    transport: "tcp",
    key,
    signature_scheme: "hmac-sha256",
    kernel_name: "tslab",
    ...Object.fromEntries(channels.map((channel, at) => [`${channel}_port`, ports[at]])),
  };
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const child = spawnKernel(argv, file, cwd, environment);
  const address = (channel: (typeof channels)[number]) =>
    `tcp://127.0.0.1:${ports[channels.indexOf(channel)]}`;
  const shell = new Dealer({ linger: 0 });
  const published = new Subscriber({ linger: 0 });
  published.subscribe();
  published.connect(address("iopub"));
  shell.connect(address("shell"));
  const replies = listen(shell, key);
  const publications = listen(published, key);
  const printed: string[] = [];
  child.stdout?.on("data", (data: Buffer) => printed.push(data.toString()));
  child.stderr?.on("data", (data: Buffer) => printed.push(data.toString()));
  let stopping = false;
  const ended = new Promise<KernelDeath>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const kernel: Kernel = {
    request: (id, type, content) => shell.send(encodeRequest(id, type, content, key)),
    onPublished: (listener) => publications.add(listener),
    onReply: (listener) => replies.add(listener),
    death: ended.then((death) => (stopping ? new Promise<KernelDeath>(() => undefined) : death)),
    printed: () => printed.join(""),
    interrupt: () => child.kill("SIGINT"),
    async stop() {
      stopping = true;
      kill();
      await ended;
      process.off("exit", kill);
      shell.close();
      published.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await waitUntilReady(kernel);
  return kernel;
}

/** The command of the project's kernelspec, which set-up writes. */
function kernelArguments(root: string): string[] {
  const specPath = join(root, ".kernel", "kernels", "tslab", "kernel.json");
  return (JSON.parse(readFileSync(specPath, "utf8")) as { argv: string[] }).argv;
}

function spawnKernel(
  argv: readonly string[],
  connectionFile: string,
  cwd: string,
  environment: KernelOptions["environment"],
): ChildProcess {
  const [command, ...args] = argv.map((part) => part.replace("{connection_file}", connectionFile));
  const env = { ...process.env, ...environment };
  // A pipe that is closed when this process is gone, by which the kernel knows it.
  const stdio = ["ignore", "pipe", "pipe", "pipe"] as const;
  const withWatch = ["--require", join(__dirname, "end-with-runner.cjs"), ...args];
  // Of a group of its own, so that Ctrl-C in a terminal comes by way of interrupt, and once.
  return spawn(command, withWatch, { cwd, env, stdio: [...stdio], detached: true });
}

function listen(socket: Dealer | Subscriber, key: string): Set<(message: Message) => void> {
  const listeners = new Set<(message: Message) => void>();
  const receive = async () => {
    for await (const frames of socket) {
      const message = decodeMessage(frames, key);
      if (message !== null) for (const listener of listeners) listener(message);
    }
  };
  // The loop ends when the socket is closed, which is how it should end.
  receive().catch(() => undefined);
  return listeners;
}

/** A kernel that answers kernel_info on shell and has published meanwhile hears and is heard. */
async function waitUntilReady(kernel: Kernel): Promise<void> {
  let answered = false;
  let heard = false;
  kernel.onReply(() => {
    answered = true;
  });
  kernel.onPublished(() => {
    heard = true;
  });
  const death = kernel.death.then(({ code, signal }) => {
    throw new Error(`the kernel ended while starting (${signal ?? code}):\n${kernel.printed()}`);
  });
  const ready = async () => {
    for (let tries = 0; !(answered && heard); tries++) {
      if (tries > 300) throw new Error(`the kernel does not answer:\n${kernel.printed()}`);
      if (tries % 10 === 0) await kernel.request(randomUUID(), "kernel_info_request", {});
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  try {
    await Promise.race([ready(), death]);
  } catch (error) {
    await kernel.stop();
    throw error;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => void server.close(resolve))));
  return ports;
}
