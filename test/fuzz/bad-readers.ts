import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutateBytes } from "./mutations";
import type { FuzzReader } from "./reader";
import type { Sandbox } from "./sandbox";

const SOUND = Buffer.from("sound");

/** A reader that does what it should with the sound file, and something else with any other. */
function bad(act: (sandbox: Sandbox) => string | null | Promise<string | null>): FuzzReader {
  return {
    samples: async () => [{ name: "sound", bytes: SOUND }],
    mutate: (bytes, other, random) =>
      Buffer.concat([mutateBytes(bytes, other, random), SOUND, SOUND]),
    read: async (bytes, _, sandbox) => (bytes.equals(SOUND) ? null : act(sandbox)),
  };
}

let calls = 0;

/** One wrong after the other: it throws, its value is unsound, it writes and removes elsewhere. */
export const wrong = bad(({ results }) => {
  calls += 1;
  if (calls === 1) throw new TypeError("cannot read properties of undefined");
  if (calls === 2) return "three values for four pixels";
  if (calls === 3) writeFileSync(join(results, "..", "..", "stray"), "written");
  if (calls === 4) rmSync(join(results, "..", "x"));
  return null;
});

export const hanging = bad(() => {
  for (;;);
});

export const awaiting = bad(() => new Promise(() => setInterval(() => undefined, 1000)));

const held: Buffer[] = [];

export const growing = bad(() => {
  held.push(Buffer.alloc(2 ** 26, 1));
  return null;
});

export const ending = bad(() => process.exit(0));
