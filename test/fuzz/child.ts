import { InputError } from "../../lib/src/errors";
import { randomStream } from "../../lib/src/random";
import { mutateBytes, pick } from "./mutations";
import { type FuzzReader, readerOf, type Sample } from "./reader";
import { difference, emptied, freshSandbox, sandboxAt, surroundings } from "./sandbox";
import { OUTSIDE } from "./text-mutations";

/** What came of one case. */
export interface Verdict {
  readonly outcome: "read" | "refused" | "failed";
  /** Of a failed one what is wrong, of a refused one the error's message. */
  readonly text: string;
}

/** What the child tells: it is ready, begins a case, or has ended one. */
export type News =
  | { readonly news: "ready" }
  | { readonly news: "begun"; readonly number: number }
  | {
      readonly news: "ended";
      readonly number: number;
      readonly verdict: Verdict;
      readonly milliseconds: number;
    };

/** What a child is started with. */
export interface Task {
  readonly reader: string;
  readonly seed: number;
  /** Cases from and up to, the last not among them. */
  readonly from: number;
  readonly to: number;
  readonly sandbox: string;
  /** Bytes by which the process may grow over its cases. */
  readonly mostGrowth: number;
}

/** Growth from which the engine is asked to give back what nobody holds, in bytes. */
const TIDY_FROM = 2 ** 27;
/** Characters of a message that a person would still read. */
const MOST_MESSAGE = 3500;

/** The changed file of a case, which hangs on the reader, the seed and the number alone. */
export function caseOf(
  name: string,
  reader: Pick<FuzzReader, "mutate">,
  samples: readonly Sample[],
  seed: number,
  number: number,
): { readonly sample: Sample; readonly bytes: Buffer } {
  const random = randomStream(seed, `fuzz/${name}/${number}`);
  const [sample, other] = [pick(random, samples), pick(random, samples)];
  let bytes = reader.mutate(sample.bytes, other.bytes, random);
  if (random.below(6) === 0) bytes = mutateBytes(bytes, other.bytes, random);
  return { sample, bytes };
}

async function verdictOf(act: () => Promise<string | null>): Promise<Verdict> {
  try {
    const unsound = await act();
    return unsound === null
      ? { outcome: "read", text: "" }
      : { outcome: "failed", text: `unsound: ${unsound}` };
  } catch (error) {
    if (!(error instanceof InputError)) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { outcome: "failed", text: `untyped ${text.slice(0, 1500)}` };
    }
    const { message } = error;
    if (message.length <= MOST_MESSAGE) return { outcome: "refused", text: message };
    const text = `a message of ${message.length} characters: ${message.slice(0, 200)}`;
    return { outcome: "failed", text };
  }
}

async function runTask({ reader: name, seed, from, to, sandbox, mostGrowth }: Task): Promise<void> {
  const places = sandboxAt(sandbox);
  freshSandbox(places);
  process.chdir(places.results);
  // Not before tsx has begun, which keeps there what it has compiled.
  process.env.TMPDIR = places.temporary;
  const reader = await readerOf(name)!();
  const samples = await reader.samples();
  // Sound files first: they must be read, and what is loaded for them is no growth of a case.
  for (const sample of samples) {
    const { outcome, text } = await verdictOf(() => reader.read(sample.bytes, sample, places));
    if (outcome !== "read") throw new Error(`${name} does not read ${sample.name}: ${text}`);
    emptied(places);
  }
  const before = surroundings(places);
  const atStart = mostMemory();
  await tell({ news: "ready" });
  for (let number = from; number < to; number++) {
    const { sample, bytes: changed } = caseOf(name, reader, samples, seed, number);
    const bytes = withOutside(changed, places.outside);
    await tell({ news: "begun", number });
    const started = performance.now();
    let verdict = await verdictOf(() => reader.read(bytes, sample, places));
    const milliseconds = performance.now() - started;
    const written = difference(before, surroundings(places));
    const growth = mostMemory() - atStart;
    if (written !== null) {
      verdict = { outcome: "failed", text: `outside the study and results: ${written}` };
      freshSandbox(places);
      process.chdir(places.results);
    } else if (growth > mostGrowth) {
      const text = `the process grew by ${Math.round(growth / 2 ** 20)} MiB`;
      verdict = { outcome: "failed", text };
    } else emptied(places);
    await tell({ news: "ended", number, verdict, milliseconds });
    if (process.memoryUsage.rss() - atStart > TIDY_FROM) globalThis.gc?.();
  }
}

/** Peak of the process's memory, in bytes. */
function mostMemory(): number {
  return 1024 * process.resourceUsage().maxRSS;
}

function withOutside(bytes: Buffer, outside: string): Buffer {
  if (!bytes.includes(OUTSIDE)) return bytes;
  return Buffer.from(bytes.toString("latin1").replaceAll(OUTSIDE, outside), "latin1");
}

/** Told before anything else is done, so that a case that never ends is known by its number. */
function tell(news: News): Promise<void> {
  return new Promise((resolve) => process.send!(news, undefined, undefined, () => resolve()));
}

if (process.send !== undefined && process.argv[2] !== undefined && require.main === module) {
  runTask(JSON.parse(process.argv[2]) as Task).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(3);
    },
  );
}
