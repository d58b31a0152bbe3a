/**
 * A symbol as an SVG path in px, of the shapes and sizes (px squared) that Vega's point mark has;
 * many symbols in one path make far smaller drawings than as many marks.
 */
export function symbolPath(shape: string, size: number, left: number, top: number): string {
  const radius = Math.sqrt(size) / 2;
  const at = (across: number, down: number) =>
    `${short(left + across * radius)},${short(top + down * radius)}`;
  const corners = CORNERS[shape];
  if (corners !== undefined) return `M${corners.map(([a, d]) => at(a, d)).join("L")}Z`;
  const r = short(radius);
  return `M${at(-1, 0)}a${r},${r} 0 1 0 ${short(2 * radius)},0a${r},${r} 0 1 0 ${short(-2 * radius)},0Z`;
}

const HIGH = Math.sqrt(3) / 2;
const ARM = 0.4;

/** Corners in radii from the middle: [rightwards, downwards]. */
const CORNERS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  "triangle-up": [
    [0, -HIGH],
    [1, HIGH],
    [-1, HIGH],
  ],
  "triangle-down": [
    [0, HIGH],
    [1, -HIGH],
    [-1, -HIGH],
  ],
  cross: [
    [-1, -ARM],
    [-ARM, -ARM],
    [-ARM, -1],
    [ARM, -1],
    [ARM, -ARM],
    [1, -ARM],
    [1, ARM],
    [ARM, ARM],
    [ARM, 1],
    [-ARM, 1],
    [-ARM, ARM],
    [-1, ARM],
  ],
};

function short(value: number): number {
  return Math.round(value * 100) / 100;
}
