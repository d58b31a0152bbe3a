import { takePatches } from "../patches/select";

/** Number, edge and bands of the patches in an array of [count, size, size, bands]. */
export interface PatchShape {
  readonly count: number;
  readonly size: number;
  readonly bands: number;
}

/** The numbers of one batch after another; the last one may be smaller. */
export function batchesOf(order: Uint32Array, batchSize: number): Uint32Array[] {
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, batch) =>
    order.subarray(batch * batchSize, (batch + 1) * batchSize),
  );
}

/** Values of some patches, and their shape as a tensor takes it. */
export function batchValues(
  values: Float32Array,
  numbers: Uint32Array,
  { size, bands }: PatchShape,
) {
  return {
    values: takePatches(values, numbers, size * size * bands),
    shape: [numbers.length, size, size, bands] as [number, number, number, number],
  };
}
