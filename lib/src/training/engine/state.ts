import type { TrainingJob } from "./job";

/** Parameters, their mean squares and moving statistics: all that a training goes on from. */
export function stateOf(job: TrainingJob, floats: Float32Array): Float32Array {
  const parts = stateParts(job).map(([at, bytes]) => floats.slice(at >>> 2, (at + bytes) >>> 2));
  const state = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    state.set(part, to);
    to += part.length;
  }
  return state;
}

/** Puts back what stateOf took. */
export function restoreState(job: TrainingJob, floats: Float32Array, state: Float32Array): void {
  let from = 0;
  for (const [at, bytes] of stateParts(job)) {
    floats.set(state.subarray(from, from + (bytes >>> 2)), at >>> 2);
    from += bytes >>> 2;
  }
}

function stateParts({ addresses, parameterBytes, squares, movingBytes }: TrainingJob) {
  const moving = addresses.moving.find((address) => address > 0) ?? squares;
  return [
    [addresses.parameters, parameterBytes],
    [squares, parameterBytes],
    [moving, movingBytes],
  ] as const;
}
