import { createRequire } from "node:module";

/** What sends messages, one at a time: a socket of zeromq. */
interface Sender {
  send(message: unknown): Promise<void>;
}

const queued = new WeakSet<object>();

/**
 * Lets a kind of socket send while it is sending: messages wait for those before them. Of all that
 * a zeromq socket sends, every 512th is sent later than at once, and the next is refused with
 * "Socket is busy writing" while it is on its way. tslab waits for none, so a notebook with so many
 * progress lines would end its kernel.
 *
 * @param kind a class of sockets; changed once however often it is asked for
 */
export function queueSends(kind: { readonly prototype: Sender }): void {
  const { prototype } = kind;
  if (queued.has(prototype)) return;
  queued.add(prototype);
  const { send } = prototype;
  const last = new WeakMap<Sender, Promise<void>>();
  function sendInTurn(this: Sender, message: unknown): Promise<void> {
    const before = last.get(this);
    const sent =
      before === undefined ? send.call(this, message) : before.then(() => send.call(this, message));
    const settled = sent
      .catch(() => undefined)
      .then(() => {
        if (last.get(this) === settled) last.delete(this);
      });
    last.set(this, settled);
    return sent;
  }
  // Inherited and read-only, so it cannot be assigned.
  Object.defineProperty(prototype, "send", { value: sendInTurn });
}

/** The class of the socket by which tslab tells the front end what a cell shows. */
export function tslabPublisher(): { readonly prototype: Sender } {
  const fromTslab = createRequire(createRequire(__filename).resolve("tslab/dist/jupyter"));
  return (fromTslab("zeromq") as { Publisher: { readonly prototype: Sender } }).Publisher;
}
