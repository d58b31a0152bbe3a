import { expect, it } from "vitest";
import { Publisher, Subscriber } from "zeromq";
import { queueSends, tslabPublisher } from "../../lib/src/notebook/queued-sends";

const count = 700;

async function published(publisher: Publisher): Promise<string[]> {
  await publisher.bind("tcp://127.0.0.1:*");
  const subscriber = new Subscriber();
  subscriber.connect(publisher.lastEndpoint as string);
  subscriber.subscribe();
  // A subscriber misses what is published before it is known.
  const known = subscriber.receive();
  const greeting = setInterval(() => publisher.send("anybody there?"), 20);
  await known;
  clearInterval(greeting);
  const received: string[] = [];
  const receiving = (async () => {
    for await (const [message] of subscriber) {
      if (message.toString() === "anybody there?") continue;
      if (received.push(message.toString()) === 2 * count) break;
    }
  })();
  for (let at = 0; at < count; at++) {
    // As tslab does: one after another, and nobody waits.
    publisher.send(`${at} output`);
    publisher.send(`${at} status`);
    if (at % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await receiving;
  subscriber.close();
  return received;
}

it("what tslab publishes back to back all comes, in order, beyond the 512th message", async () => {
  expect(tslabPublisher()).toBe(Publisher);
  queueSends(Publisher);
  queueSends(Publisher);
  const publisher = new Publisher({ sendHighWaterMark: 0 });
  const received = await published(publisher);
  publisher.close();
  const expected = Array.from({ length: count }, (_, at) => [`${at} output`, `${at} status`]);
  expect(received).toEqual(expected.flat());
});
