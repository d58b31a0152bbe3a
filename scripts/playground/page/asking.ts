import type { Answer, Request } from "../protocol";
import type { Setup } from "./address";
import { setupHash } from "./address";
import type { State } from "./state";

/** A request without its number. */
export type Asked = Request extends infer R ? (R extends Request ? Omit<R, "id"> : never) : never;

/** The worker, as the page's control sees it. */
export interface Worker {
  readonly ask: (request: Request, onAnswer: (answer: Answer) => void) => void;
}

/** What control needs of the page around it. */
export interface Surroundings {
  readonly worker: Worker;
  /** Bytes of a pack; rejects with a sentence for the reader. */
  readonly loadPack: (id: string) => Promise<ArrayBuffer>;
  readonly state: () => State;
  readonly update: (change: Partial<State>) => void;
  /** Puts a hash into the address bar, without a step of history. */
  readonly putAddress: (hash: string) => void;
  /** Says something to those who hear the page. */
  readonly say: (sentence: string) => void;
}

/** Asks the worker and gives the request's number, which answers come with. */
export type Ask = (request: Asked, onAnswer: (answer: Answer, id: number) => void) => number;

/** Numbers requests; what the worker refuses is said. */
export function asker({ worker, update }: Pick<Surroundings, "worker" | "update">): Ask {
  let lastId = 0;
  return (request, onAnswer) => {
    lastId += 1;
    const id = lastId;
    worker.ask({ ...request, id } as Request, (answer) => {
      if (answer.type === "refused") update({ trouble: answer.message, waiting: null });
      onAnswer(answer, id);
    });
    return id;
  };
}

/** Takes a setup, and puts it into the address bar. */
export function changeSetup({ update, putAddress }: Surroundings, setup: Setup): void {
  update({ setup });
  putAddress(setupHash(setup));
}

/** How things are looked at. */
export type Look = (change: Partial<Pick<Setup, "map" | "group" | "ground">>) => void;
