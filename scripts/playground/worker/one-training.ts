/** Trainings one at a time: a new one ends the one before and waits for its end. */
export function oneTraining() {
  let last: { readonly id: number; readonly stop: AbortController } | null = null;
  let ended: Promise<void> = Promise.resolve();
  return {
    /** Begins a training when the one before has ended. */
    run(id: number, train: (signal: AbortSignal) => Promise<void>): Promise<void> {
      last?.stop.abort();
      const mine = { id, stop: new AbortController() };
      last = mine;
      const end = ended.then(() => train(mine.stop.signal));
      ended = end.catch(() => undefined);
      return end;
    },
    /** Stops the training of that number, if it runs or waits; it comes to its end by itself. */
    stop(id: number): void {
      if (last?.id === id) last.stop.abort();
    },
    /** Resolves when none runs or waits. */
    async idle(): Promise<void> {
      for (let waited = null; waited !== ended; ) {
        waited = ended;
        await waited;
      }
    },
    /** Stops whatever runs, and waits for its end. */
    end(): Promise<void> {
      last?.stop.abort();
      return ended;
    },
  };
}
