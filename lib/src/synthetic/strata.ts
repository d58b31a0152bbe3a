import { clippedRing } from "../grid/clip-ring";
import type { Line, Polygon } from "../grid/shapes";
import { randomStream } from "../random";
import { type RockClass, STRATA_EAST, STRATA_WEST, type Stratum, THRUST } from "./constants";
import type { Frame } from "./frame";
import { randomField } from "./random-field";
import { REGION } from "./settings";

/** A mapped rock unit. */
export interface RockUnit {
  readonly name: string;
  readonly rock: RockClass;
  readonly zone: "East" | "West";
  readonly polygons: readonly Polygon[];
}

/** The thrust and the strata on either side of it. */
export interface Strata {
  /** From the south-east to the north-west, past the region at both ends: West lies to its left. */
  readonly thrust: Line;
  /** Across coordinate of the thrust at a place along it. */
  readonly thrustAcross: (along: number) => number;
  readonly units: readonly RockUnit[];
}

/** Distance between vertices of the thrust and of contacts, in metres. */
const VERTEX_SPACING = 300;

/**
 * A wandering thrust and beds of wandering width that run parallel to it. Each contact is drawn
 * once, as one bed's far side and the next one's near side, so that units share their vertices.
 */
export function makeStrata(seed: number, frame: Frame): Strata {
  const random = randomStream(seed, "synthetic/strata");
  const bend = randomField(random, THRUST.bendRange, "gaussian");
  const kink = randomField(random, THRUST.kinkRange, "gaussian");
  const thrustAcross = (along: number) =>
    THRUST.across + THRUST.bend * bend(along, 0) + THRUST.kink * kink(along, 0);
  const count = Math.ceil((2 * frame.reach) / VERTEX_SPACING) + 1;
  const alongs = Array.from({ length: count }, (_, at) => at * VERTEX_SPACING - frame.reach);
  const thrustLine = alongs.map(thrustAcross);

  const beds = (strata: readonly Stratum[], zone: RockUnit["zone"], side: 1 | -1) => {
    let near = thrustLine;
    return strata.map(({ name, rock, width }): RockUnit => {
      const wander = randomField(random, THRUST.bendRange, "gaussian");
      const far = near.map((across, at) =>
        width === null
          ? side * 2 * frame.reach
          : across + side * width * (1 + 0.3 * held(wander(alongs[at], 0))),
      );
      const edge = (acrosses: readonly number[]) =>
        alongs.map((along, at) => frame.place(along, acrosses[at]));
      const ring = [...edge(near), ...edge(far).reverse()];
      ring.push(ring[0]);
      near = far;
      const clipped = clippedRing(Float64Array.from(ring.flat()), REGION);
      return { name, rock, zone, polygons: clipped.length > 0 ? [[clipped]] : [] };
    });
  };
  const units = [...beds(STRATA_EAST, "East", 1), ...beds(STRATA_WEST, "West", -1)];
  const northwest = alongs.map((along, at) => frame.place(along, thrustLine[at])).reverse();
  return {
    thrust: Float64Array.from(northwest.flat()),
    thrustAcross,
    units: units.filter(({ polygons }) => polygons.length > 0),
  };
}

/** A standard normal value held within 2 of 0, so that no bed pinches out. */
function held(value: number): number {
  return Math.max(-2, Math.min(2, value));
}
