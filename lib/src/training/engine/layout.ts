/** Images of one layer for the samples of a thread: [sample, row, column, channel]. */
export interface ImageBuffer {
  readonly base: number;
  /** Address of the first pixel; a border of zeros lies around each image. */
  readonly origin: number;
  /** Bytes from one sample to the next, and from one row to the next. */
  readonly ns: number;
  readonly hs: number;
  /** Values from one pixel to the next: the channels, filled up to a multiple of four. */
  readonly cs: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
}

/** Where a layer's trained values lie in the block of parameters, in bytes from its start. */
export interface ParameterPlace {
  readonly weights: number;
  readonly bias: number;
  /** Values of a weights row, filled up to a multiple of four. */
  readonly row: number;
}

/** Hands out addresses, each a multiple of 64, and notes what is to be written before the start. */
export interface Layout {
  take(bytes: number): number;
  readonly writes: { readonly at: number; readonly values: readonly number[] }[];
  readonly size: () => number;
}

export function newLayout(from = 1024): Layout {
  let next = from;
  const writes: Layout["writes"] = [];
  return {
    take(bytes) {
      const at = next;
      next += Math.ceil(bytes / 64) * 64;
      return at;
    },
    writes,
    size: () => next,
  };
}

/** The next multiple of four: whole vectors. */
export const upTo4 = (count: number) => Math.ceil(count / 4) * 4;

/** Rows of channel values that a normalising layer works with: y = a x + e, and dx = a dy + b x + f. */
export const channelRows = { mean: 0, a: 1, b: 2, e: 3, f: 4, inverse: 5, count: 6 } as const;
