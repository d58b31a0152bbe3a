import { expect, it } from "vitest";
import { fallingOrder } from "../../lib/src/evaluation/ranks";
import { randomStream } from "../../lib/src/random";

it("many scores fall in the order that comparing them gives, ties, signs and zeros included", () => {
  const random = randomStream(7, "ranks");
  const scores = Float64Array.from({ length: 20_000 }, (_, at) => {
    if (at % 7 === 0) return Math.round(3 * random.normal());
    if (at % 11 === 0) return -0;
    return random.normal() * 10 ** (random.below(40) - 20);
  });
  scores.set([Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, 0], 100);
  const compared = Array.from(scores, (_, index) => index).sort((first, second) => {
    if (scores[first] === scores[second]) return first - second;
    return scores[first] > scores[second] ? -1 : 1;
  });
  expect(Array.from(fallingOrder(scores))).toEqual(compared);
});
