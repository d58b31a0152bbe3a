import { InputError } from "../../../lib/src/errors";

/** What could not be done, in words for the reader. */
export function refusalOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  // What browsers throw where an array or WebAssembly's memory finds no room.
  if (error instanceof RangeError) {
    return `This browser gave no more memory (${error.message}). Close other tabs, take fewer layers, or a district with fewer pixels.`;
  }
  return error instanceof Error ? error.message : String(error);
}
