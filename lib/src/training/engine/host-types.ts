import type { WorkerTask } from "./job";

/** A thread that the engine gives tasks to, as the machine has it: something that hears and says. */
export interface HostThread {
  give(task: WorkerTask): void;
  /** What hears its messages, and how it fails: by an error, or by ending of itself. */
  listen(hear: (message: unknown) => void, fail: (error: Error) => void): void;
  /**
   * Hears nothing any longer, until the next listen; a program may end while the thread waits.
   *
   * @param ended is told where it ends of itself before that
   */
  rest(ended: () => void): void;
  end(): void;
}

/**
 * What the engine takes of the machine that it runs on, and nothing else: Node's is in host.ts, in the
 * place of which the playground's bundle puts a browser's.
 */
export interface EngineHost {
  /** Threads that this machine can run at once. */
  readonly cores: number;
  /** Whether threads can share memory; where they cannot there is one, which works where it is asked. */
  readonly sharesMemory: boolean;
  /** Bytes of what lib/kernels compiles to, with relaxed SIMD or without. */
  kernels(variant: "relaxed SIMD" | "SIMD"): Uint8Array<ArrayBuffer>;
  /** Asks for relaxed SIMD where a machine has it only when asked. */
  wantRelaxed(): void;
  startThread(): HostThread;
  /** Does something after a while unless it is called off; keeps no program from ending. */
  later(work: () => void, milliseconds: number): () => void;
}
