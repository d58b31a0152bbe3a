import { InputError } from "../errors";
import { selectByError } from "./select";

/** Patches by the smallest of some rising shares that labels them prospective, and what none labels. */
export interface LabelSlices {
  /** Of each share the patches that the smaller ones do not label, by falling error. */
  readonly slices: readonly Uint32Array[];
  readonly background: Uint32Array;
  /** Neither prospective at the largest share nor background, by falling error. */
  readonly unlabelled: Uint32Array;
}

/**
 * Divides patches by falling reconstruction error into what each of some shares adds to the labels
 * of those before it, what none of them labels, and background.
 *
 * @param errors reconstruction error of each patch
 * @param shares taken as prospective, rising, above 0
 * @param low share taken as background
 * @throws InputError when shares do not rise, a slice is empty, or no patch is left unlabelled
 */
export function labelSlices(
  errors: ArrayLike<number>,
  shares: readonly number[],
  low: number,
): LabelSlices {
  const isRising = shares.every((share, at) => at === 0 || share > shares[at - 1]);
  if (!isRising || shares.length === 0) throw badShares(shares, "shares that rise");
  const high = shares[shares.length - 1];
  const { prospective, background } = selectByError(errors, { high, low });
  const ends = shares.map((share) => Math.floor(share * errors.length + 1e-9));
  const slices = ends.map((end, at) => prospective.slice(at === 0 ? 0 : ends[at - 1], end));
  if (slices.some(({ length }) => length === 0)) {
    throw badShares(shares, `shares that each add one of ${errors.length} patches`);
  }
  const others = errors.length - prospective.length - background.length;
  if (others === 0) throw badShares([...shares, low], "some patches that no share labels");
  const falling = selectByError(errors, { high: 1 - low, low }).prospective;
  return { slices, background, unlabelled: falling.slice(prospective.length, falling.length) };
}

function badShares(shares: readonly number[], expected: string): InputError {
  const found = shares.join(", ");
  return new InputError({ kind: "parameter", field: "shares of labels", found, expected });
}

/** The shares that each label at least so many patches more than the one before, and the others. */
export function sharesThatAdd(
  shares: readonly number[],
  patches: number,
  least: number,
): { readonly kept: readonly number[]; readonly leftOut: readonly number[] } {
  const kept: number[] = [];
  let labelled = 0;
  for (const share of shares) {
    const end = Math.floor(share * patches + 1e-9);
    if (end - labelled < least) continue;
    kept.push(share);
    labelled = end;
  }
  return { kept, leftOut: shares.filter((share) => !kept.includes(share)) };
}
