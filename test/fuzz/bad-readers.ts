import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutateBytes } from "./mutations";
import type { FuzzReader } from "./reader";
import type { Sandbox } from "./sandbox";

const SOUND = Buffer.from("sound");

/** A reader that does what it should with the sound file, and something else with any other. */
function bad(wrong: (sandbox: Sandbox) => string | null | Promise<string | null>): FuzzReader {
  return {
    samples: async () => [{ name: "sound", bytes: SOUND }],
    mutate: (bytes, other, random) => Buffer.concat([mutateBytes(bytes, other, random), SOUND]),
    read: async (bytes, _, sandbox) => (bytes.equals(SOUND) ? null : wrong(sandbox)),
  };
}

export const throwing = bad(() => {
  throw new TypeError("cannot read properties of undefined");
});

export const unsound = bad(() => "three values for four pixels");

export const hanging = bad(() => {
  for (;;);
});

export const awaiting = bad(() => new Promise(() => setInterval(() => undefined, 1000)));

export const writing = bad(({ results }) => {
  writeFileSync(join(results, "..", "..", "stray"), "written");
  return null;
});

export const deleting = bad(({ results }) => {
  rmSync(join(results, "..", "x"));
  return null;
});

const held: Buffer[] = [];

export const growing = bad(() => {
  held.push(Buffer.alloc(2 ** 26, 1));
  return null;
});

export const ending = bad(() => process.exit(0));
