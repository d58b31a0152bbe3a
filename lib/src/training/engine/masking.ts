/**
 * Whether masking noise (Vincent et al., 2008) hides a value: it does so with a probability, whatever
 * happens to the others, and chance hangs on key and place alone (Wellons' lowbias32).
 *
 * @param key of the step
 * @param place of the value in the batch
 * @param share 0 to 1
 */
export function isMasked(key: number, place: number, share: number): boolean {
  let mixed = key ^ place;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0 < share * 2 ** 32;
}
