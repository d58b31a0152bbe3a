/** A curve as two arrays of equal length. */
export interface Polyline {
  readonly along: readonly number[];
  readonly up: readonly number[];
}

/**
 * Indices of the points worth drawing: points on straight runs go first (they change nothing), then,
 * while too many are left, those that move the curve least (the smallest triangle with their
 * neighbours, after Visvalingam and Whyatt 1993). The ends stay.
 */
export function worthDrawing({ along, up }: Polyline, atMost = 400): number[] {
  const kept = corners({ along, up });
  if (kept.length <= atMost) return kept;
  const areas = kept.map((_, at) => triangle(kept, at, { along, up }));
  while (kept.length > atMost) {
    let least = 1;
    for (let at = 2; at < kept.length - 1; at++) if (areas[at] < areas[least]) least = at;
    const lost = areas[least];
    kept.splice(least, 1);
    areas.splice(least, 1);
    // A neighbour never becomes cheaper than what was just given up.
    for (const at of [least - 1, least]) {
      if (at > 0 && at < kept.length - 1) {
        areas[at] = Math.max(lost, triangle(kept, at, { along, up }));
      }
    }
  }
  return kept;
}

function corners({ along, up }: Polyline): number[] {
  const kept: number[] = [];
  for (let at = 0; at < along.length; at++) {
    const isEnd = at === 0 || at === along.length - 1;
    if (isEnd || !isBetween(kept[kept.length - 1], at, at + 1, { along, up })) kept.push(at);
  }
  return kept;
}

function isBetween(from: number, at: number, to: number, { along, up }: Polyline): boolean {
  const cross =
    (along[at] - along[from]) * (up[to] - up[from]) -
    (up[at] - up[from]) * (along[to] - along[from]);
  return Math.abs(cross) < 1e-12;
}

function triangle(kept: readonly number[], at: number, { along, up }: Polyline): number {
  if (at === 0 || at === kept.length - 1) return Number.POSITIVE_INFINITY;
  const [from, middle, to] = [kept[at - 1], kept[at], kept[at + 1]];
  return Math.abs(
    (along[middle] - along[from]) * (up[to] - up[from]) -
      (up[middle] - up[from]) * (along[to] - along[from]),
  );
}
