import type { Polygon } from "../grid/shapes";
import { type Random, randomStream } from "../random";
import { INTRUSIONS, LARGE_PLUTONS } from "./constants";
import type { Frame } from "./frame";

/** A mapped intrusion. */
export interface Intrusion {
  readonly name: string;
  readonly kind: "pluton" | "stock" | "dyke";
  readonly rock: string;
  readonly polygon: Polygon;
}

/** What is mapped, and what lies below and only the mineral system knows. */
export interface Intrusions {
  readonly mapped: readonly Intrusion[];
  readonly concealed: readonly Polygon[];
}

/** Large and small plutons in the east; stocks and dykes above concealed bodies in the west. */
export function makeIntrusions(
  seed: number,
  frame: Frame,
  thrustAcross: (along: number) => number,
): Intrusions {
  const random = randomStream(seed, "synthetic/intrusions");
  const large = LARGE_PLUTONS.map(({ name, along, across, length, width }): Intrusion => {
    const [moved, aside] = [along + 1200 * random.normal(), across + 600 * random.normal()];
    const polygon = blob(random, frame, moved, aside, length, width);
    return { name, kind: "pluton", rock: "granodiorite", polygon };
  });
  const small = Array.from({ length: INTRUSIONS.smallPlutons }, (_, index): Intrusion => {
    const along = (2 * random.uniform() - 1) * 0.7 * frame.reach;
    const across = thrustAcross(along) + 3000 + 15_000 * random.uniform();
    const radius = INTRUSIONS.smallPlutonRadius * Math.exp(0.3 * random.normal());
    const polygon = blob(random, frame, along, across, 1.3 * radius, radius);
    return { name: `small pluton ${index + 1}`, kind: "pluton", rock: "granite", polygon };
  });
  // Spread over the west, so that no seed leaves half of it without heat.
  const bodies = Array.from({ length: INTRUSIONS.concealedBodies }, (_, index) => {
    const share = (index + 0.2 + 0.6 * random.uniform()) / INTRUSIONS.concealedBodies;
    const along = (share - 0.5) * 1.3 * frame.reach;
    return { along, across: thrustAcross(along) - 3500 - 7000 * random.uniform() };
  });
  const concealed = bodies.map(({ along, across }) =>
    blob(
      random,
      frame,
      along,
      across,
      1.5 * INTRUSIONS.concealedRadius,
      INTRUSIONS.concealedRadius,
    ),
  );
  /** A place above one of the concealed bodies, west of the thrust. */
  const above = (): readonly [number, number] => {
    const { along, across } = bodies[random.below(bodies.length)];
    const onAlong = along + 1.5 * INTRUSIONS.scatter * random.normal();
    const onAcross = across + INTRUSIONS.scatter * random.normal();
    return [onAlong, Math.min(onAcross, thrustAcross(onAlong) - 600)];
  };
  const stocks = Array.from({ length: INTRUSIONS.stocks }, (_, index): Intrusion => {
    const [along, across] = above();
    const radius = INTRUSIONS.stockRadius * Math.exp(0.35 * random.normal());
    const polygon = blob(random, frame, along, across, 1.2 * radius, radius);
    const rock = random.uniform() < 0.5 ? "diorite" : "granodiorite";
    return { name: `stock ${index + 1}`, kind: "stock", rock, polygon };
  });
  const dykes = Array.from({ length: INTRUSIONS.dykes }, (_, index): Intrusion => {
    const [along, across] = above();
    const polygon = sheet(random, frame, along, across);
    return { name: `dyke ${index + 1}`, kind: "dyke", rock: "granodiorite porphyry", polygon };
  });
  return { mapped: [...large, ...small, ...stocks, ...dykes], concealed };
}

/** An ellipse with a wavy rim, longer along the strike. */
function blob(
  random: Random,
  frame: Frame,
  along: number,
  across: number,
  length: number,
  width: number,
): Polygon {
  const corners = 72;
  const waves = [2, 3, 4, 5, 7].map((times) => ({
    times,
    size: (0.2 / times ** 0.9) * random.normal(),
    phase: 2 * Math.PI * random.uniform(),
  }));
  const ring = Array.from({ length: corners }, (_, corner) => {
    const turn = (2 * Math.PI * corner) / corners;
    const rim = waves.reduce(
      (sum, { times, size, phase }) => sum + size * Math.cos(times * turn + phase),
      1,
    );
    const radius = Math.max(0.4, rim);
    return frame.place(
      along + length * radius * Math.cos(turn),
      across + width * radius * Math.sin(turn),
    );
  });
  return [Float64Array.from([...ring, ring[0]].flat())];
}

/** A dyke: a thin sheet that narrows to its ends, near the strike of the faults. */
function sheet(random: Random, frame: Frame, along: number, across: number): Polygon {
  const length = INTRUSIONS.dykeLength * Math.exp(0.4 * random.normal());
  const half = (INTRUSIONS.dykeWidth / 2) * Math.exp(0.25 * random.normal());
  const tilt = 0.3 * random.normal();
  const bow = 0.06 * length * random.normal();
  const shares = [-1, -0.6, -0.2, 0.2, 0.6, 1];
  const side = (sign: number) =>
    shares.map((share) => {
      const from = (share * length) / 2;
      const aside = bow * (1 - share ** 2) + sign * half * (1 - 0.8 * share ** 2);
      return frame.place(
        along + from * Math.cos(tilt) - aside * Math.sin(tilt),
        across + from * Math.sin(tilt) + aside * Math.cos(tilt),
      );
    });
  const ring = [...side(-1), ...side(1).reverse()];
  return [Float64Array.from([...ring, ring[0]].flat())];
}
