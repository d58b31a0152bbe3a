import script from "embedded:session";
import type { Ability, Answer, Request } from "./protocol";
import { scriptWorker } from "./worker/script-worker";

/** The page's side of a worker that holds a district. */
export interface Session {
  /** What this browser can do; rejects where not even the worker starts. */
  readonly ready: Promise<Ability>;
  /**
   * Asks the worker. All answers that carry the request's number are heard, refusals among them; of
   * "stop", which carries the number of a training, the training's own listener hears.
   */
  readonly ask: (request: Request, hear: (answer: Answer) => void) => void;
  /** Ends the worker, whatever it does. */
  readonly close: () => void;
}

/** Starts the worker. */
export function startSession(): Session {
  const worker = scriptWorker(script);
  const listeners = new Map<number, (answer: Answer) => void>();
  const ready = new Promise<Ability>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (data.type === "ready") resolve(data.ability);
      else listeners.get(data.id)?.(data);
    });
    worker.addEventListener("error", ({ message }) => {
      reject(new Error(`the worker that computes ended: ${message}`));
    });
  });
  return {
    ready,
    ask(request, hear) {
      if (request.type !== "stop") listeners.set(request.id, hear);
      // A pack is as large as all else together: it goes over and is not copied.
      worker.postMessage(request, request.type === "open" ? [request.pack] : []);
    },
    close: () => worker.terminate(),
  };
}
