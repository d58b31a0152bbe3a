import type { Line } from "../grid/shapes";
import { randomStream } from "../random";
import { FAULTS } from "./constants";
import type { Frame } from "./frame";
import { randomField } from "./random-field";

const PIECE = 400;

/** NW-SE faults: wandering lines of lognormal length, some in a belt about the thrust. */
export function makeFaults(
  seed: number,
  frame: Frame,
  thrustAcross: (along: number) => number,
): Line[] {
  const random = randomStream(seed, "synthetic/faults");
  const turns = randomField(random, 1800, "gaussian");
  return Array.from({ length: FAULTS.count }, () => {
    const along = (2 * random.uniform() - 1) * frame.reach;
    const anywhere = (2 * random.uniform() - 1) * frame.reach;
    const besideThrust = thrustAcross(along) + FAULTS.beltWidth * random.normal();
    const across = random.uniform() < FAULTS.beltShare ? besideThrust : anywhere;
    const length = FAULTS.medianLength * Math.exp(FAULTS.lengthSpread * random.normal());
    const tilt = (FAULTS.strikeSpread * random.normal() * Math.PI) / 180;
    const count = Math.max(2, Math.round(length / PIECE) + 1);
    const vertices = Array.from({ length: count }, (_, vertex) => {
      const from = (vertex / (count - 1) - 0.5) * length;
      const [onAlong, onAcross] = [along + from * Math.cos(tilt), across + from * Math.sin(tilt)];
      return frame.place(onAlong, onAcross + 130 * turns(onAlong, onAcross));
    });
    return Float64Array.from(vertices.flat());
  });
}
