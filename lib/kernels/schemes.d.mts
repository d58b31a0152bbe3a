/** What a fast convolution does along one axis: to pixels, to weights, and back to outputs. */
export interface SchemeMatrices {
  readonly name: string;
  readonly window: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly back: readonly (readonly number[])[];
}

/** All schemes, in the order of their numbers. */
export const schemes: readonly SchemeMatrices[];
