/** What a worker's script hears and says by; the types of a page know only the page's own. */
export interface Port<In, Out> {
  postMessage(message: Out, transfer?: Transferable[]): void;
  addEventListener(type: "message", hear: (event: MessageEvent<In>) => void): void;
}

/** The port of the worker that this runs in, to whoever started it. */
export function ownPort<In, Out>(): Port<In, Out> {
  return globalThis as unknown as Port<In, Out>;
}
