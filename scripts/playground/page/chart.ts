import { html, svg, type TemplateResult } from "lit-html";

/** A curve of a chart, in the units of its axes. */
export interface Curve {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Class that gives its colour and dash. */
  readonly style: string;
}

/** An axis: its ends and where it is labelled. */
export interface Axis {
  readonly title: string;
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  readonly label: (value: number) => string;
}

/** A place made out on a chart. */
export interface Mark {
  readonly x: number;
  readonly y: number;
}

const WIDTH = 360;
const HEIGHT = 216;
const BOX = { left: 54, top: 8, right: 14, bottom: 36 };
const ACROSS = WIDTH - BOX.left - BOX.right;
const DOWN = HEIGHT - BOX.top - BOX.bottom;

/**
 * Curves over two axes, small and quick to redraw.
 *
 * @param name what a screen reader says instead of the drawing
 * @param onDrag called with a place along the axis, 0 to 1, while a pointer drags there
 */
export function chart(options: {
  readonly name: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  readonly hasDiagonal?: boolean;
  readonly line?: number;
  readonly marks?: readonly Mark[];
  readonly onDrag?: (along: number) => void;
}): TemplateResult {
  const { name, x, y, curves, hasDiagonal = false, line, marks = [], onDrag } = options;
  const across = (value: number) => BOX.left + (ACROSS * (value - x.low)) / (x.high - x.low);
  const down = (value: number) => BOX.top + DOWN * (1 - (value - y.low) / (y.high - y.low));
  const drag = (event: PointerEvent) => {
    if (onDrag === undefined || event.buttons === 0) return;
    const target = event.currentTarget as SVGElement;
    if (event.type === "pointerdown") target.setPointerCapture(event.pointerId);
    const box = target.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * WIDTH;
    onDrag(Math.min(1, Math.max(0, (place - BOX.left) / ACROSS)));
  };
  return html`<svg
    class=${onDrag === undefined ? "chart" : "chart drags"}
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label=${name}
    @pointerdown=${drag}
    @pointermove=${drag}
  >
    ${x.ticks.map(
      (tick) => svg`<path class="grid" d="M${short(across(tick))},${BOX.top}v${DOWN}" />
        <text x=${short(across(tick))} y=${HEIGHT - 21} class="middle">${x.label(tick)}</text>`,
    )}
    ${y.ticks.map(
      (tick) => svg`<path class="grid" d="M${BOX.left},${short(down(tick))}h${ACROSS}" />
        <text x=${BOX.left - 5} y=${short(down(tick) + 4)} class="end">${y.label(tick)}</text>`,
    )}
    <text x=${BOX.left + ACROSS / 2} y=${HEIGHT - 5} class="middle title">${x.title}</text>
    <text class="middle title" transform="translate(9 ${BOX.top + DOWN / 2}) rotate(-90)">
      ${y.title}
    </text>
    ${
      hasDiagonal
        ? svg`<path class="chance" d="M${BOX.left},${BOX.top + DOWN}l${ACROSS},${-DOWN}" />`
        : ""
    }
    ${curves.map(({ x: along, y: up, style }) => {
      return svg`<path class="curve ${style}" d=${polyline(along, up, across, down)} />`;
    })}
    ${
      line === undefined
        ? ""
        : svg`<path class="handle" d="M${short(across(line))},${BOX.top}v${DOWN}" />`
    }
    ${marks.map((mark) => svg`<circle class="mark" cx=${short(across(mark.x))} cy=${short(down(mark.y))} r="4" />`)}
  </svg>`;
}

/** An axis of shares, in per cent. */
export function percentAxis(title: string): Axis {
  const label = (value: number) => `${Math.round(100 * value)}`;
  return { title, low: 0, high: 1, ticks: [0, 0.25, 0.5, 0.75, 1], label };
}

function polyline(
  along: ArrayLike<number>,
  up: ArrayLike<number>,
  across: (value: number) => number,
  down: (value: number) => number,
): string {
  let path = "";
  for (let at = 0; at < along.length; at++) {
    if (!Number.isFinite(up[at])) continue;
    path += `${path === "" ? "M" : "L"}${short(across(along[at]))},${short(down(up[at]))}`;
  }
  return path === "" ? "M0,0" : path;
}

function short(value: number): number {
  return Math.round(value * 10) / 10;
}
