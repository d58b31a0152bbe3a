import type { ColourScale } from "./colour-scale";
import { type Box, frame, image, type Layer, strokes, texts } from "./drawing";
import { scaleImage } from "./raster-image";
import { textWidth, wrappedText } from "./text-metrics";
import { FONT_SIZE, px } from "./theme";
import { logTicks, numberLabel, roundTicks } from "./ticks";

const LINE = px(FONT_SIZE.label) * 1.2;
const TICK = 3;

/** Layers of a part of a drawing and the height they take. */
export interface DrawnPart {
  readonly layers: readonly Layer[];
  readonly height: number;
}

/** Height in px of a bar 6 px high with its title and labels, for a width in px. */
export function colourBarHeight(title: string, scale: ColourScale, width: number): number {
  const lines = wrappedText(withStretch(title, scale), width, px(FONT_SIZE.label)).length;
  return (lines + 1) * LINE + 8 + TICK;
}

/**
 * A horizontal colour bar: what is shown and its unit above, values below. A stretch other than
 * linear is said in the title.
 */
export function colourBar(
  scale: ColourScale,
  title: string,
  { left, top, width, height }: Box,
): DrawnPart {
  const lines = wrappedText(withStretch(title, scale), width, px(FONT_SIZE.label));
  const bar = { left, top: top + lines.length * LINE + 1, width, height };
  const foot = bar.top + height;
  const ticks = labelledTicks(scale, width).map(({ position, text }) => ({
    left: left + position * width,
    top: foot,
    right: left + position * width,
    bottom: foot + TICK,
    text,
  }));
  const layers = [
    texts(
      lines.map((text, line) => ({ left: left + width / 2, top: top + line * LINE, text })),
      { baseline: "top" },
    ),
    image(scaleImage(scale), bar),
    frame(bar, { width: 0.5 }),
    strokes(ticks.map(({ text, ...stroke }) => stroke)),
    texts(
      ticks.map((tick) => ({
        // Held within the bar's width, so that the end labels do not reach into neighbours.
        left: heldWithin(tick.left, textWidth(tick.text, px(FONT_SIZE.label)), left, width),
        top: foot + TICK + 1,
        text: tick.text,
      })),
      { baseline: "top" },
    ),
  ];
  return { layers, height: foot + TICK + 1 + LINE - top };
}

function withStretch(title: string, { stretch }: ColourScale): string {
  if (stretch === "log") return `${title}, logarithmic stretch`;
  if (stretch === "quantile") return `${title}, quantile stretch`;
  return title;
}

/** Ticks with labels that do not touch. */
function labelledTicks(scale: ColourScale, width: number) {
  const [low, high] = scale.domain;
  const candidates =
    scale.stretch === "quantile"
      ? [0, 0.25, 0.5, 0.75, 1].map((position) => ({ position, value: scale.value(position) }))
      : (scale.stretch === "log" ? logTicks(low, high) : linearTicks(low, high, width)).map(
          (value) => ({ position: scale.position(value), value }),
        );
  let end = Number.NEGATIVE_INFINITY;
  return candidates.flatMap(({ position, value }) => {
    const text = numberLabel(value);
    const half = textWidth(text, px(FONT_SIZE.label)) / 2;
    const middle = heldWithin(position * width, half * 2, 0, width);
    if (middle - half < end + 4) return [];
    end = middle + half;
    return [{ position, text }];
  });
}

/** Round ticks with room for their labels; finer ones where fewer than two fall on the bar. */
function linearTicks(low: number, high: number, width: number): number[] {
  const about = Math.max(2, Math.round(width / 45));
  const tried = [0, 1, 2, 3, 4].map((more) => roundTicks(low, high, about + more));
  return tried.find((ticks) => ticks.length > 1) ?? tried[0];
}

function heldWithin(middle: number, textSpan: number, left: number, width: number): number {
  return Math.min(left + width - textSpan / 2, Math.max(left + textSpan / 2, middle));
}
