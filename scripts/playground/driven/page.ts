import { loadPack, packList } from "../packs";
import { hashOf } from "../packs/format";
import type { Answer, Request } from "../protocol";
import { startSession } from "../session";

/** A request without its number. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never;

const session = startSession();
let last = 0;

/** The worker as tests and the bench ask it, from outside a page that shows nothing. */
const driven = {
  ready: session.ready,
  packList,
  loadPack,
  hashOf: (values: Float32Array | Float64Array | Int32Array) =>
    hashOf(new Uint8Array(values.buffer)),
  /**
   * All answers to a request up to one of a type, or a refusal.
   *
   * @param stopAfter epoch whose scores are answered by "stop"; with 0 the first news is
   */
  ask(asked: Asked, until: Answer["type"], stopAfter = Infinity): Promise<Answer[]> {
    last += 1;
    const id = last;
    const answers: Answer[] = [];
    return new Promise((resolve) => {
      session.ask({ ...asked, id } as Request, (answer) => {
        answers.push(answer);
        const epoch = answer.type === "scores" ? answer.epoch : answer.type === "progress" ? 0 : -1;
        if (epoch >= stopAfter) {
          session.ask({ type: "stop", id }, () => undefined);
        }
        if (answer.type === until || answer.type === "refused") resolve(answers);
      });
    });
  },
};

export type Driven = typeof driven;

Object.assign(globalThis, { driven });
