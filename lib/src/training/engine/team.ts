/** Places in the control block, as 32-bit integers. */
export const control = { arrived: 0, round: 1, stopAsked: 2, stopDecided: 3, count: 16 } as const;

/** Turns a thread waits busily before it lets the processor go. */
const turns = 2000;

/** A barrier for some threads over their shared control block. */
export function barrierOf(words: Int32Array, threads: number): () => void {
  if (threads === 1) return () => undefined;
  return () => {
    const round = Atomics.load(words, control.round);
    if (Atomics.add(words, control.arrived, 1) === threads - 1) {
      Atomics.store(words, control.arrived, 0);
      Atomics.add(words, control.round, 1);
      Atomics.notify(words, control.round);
      return;
    }
    for (let turn = 0; turn < turns; turn++) {
      if (Atomics.load(words, control.round) !== round) return;
    }
    while (Atomics.load(words, control.round) === round) Atomics.wait(words, control.round, round);
  };
}
