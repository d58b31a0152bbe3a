let controller: AbortController | null = null;

/**
 * The signal that the next interrupt of the kernel (the stop button) will give. An interrupted
 * signal stays so; whoever starts new work asks for the next one.
 */
export function interruptSignal(): AbortSignal {
  if (controller === null) {
    // Not at once: while a cell's first part runs, Node's vm module holds all listeners back, and one
    // that is added meanwhile is lost and lets the interrupt kill the kernel.
    setImmediate(() => process.on("SIGINT", () => controller?.abort()));
  }
  if (controller === null || controller.signal.aborted) controller = new AbortController();
  return controller.signal;
}
