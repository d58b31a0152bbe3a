import type { Json } from "./json";
import { symbolPath } from "./symbol-path";
import { FONT_SIZE, INK, px } from "./theme";

/** A layer of a Vega-Lite spec. */
export type Layer = { readonly [key: string]: Json };

/** A rectangle on the drawing in px from its top left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A point on the drawing in px from its top left corner, with what a tooltip shows of it. */
export type Placed<Extra = unknown> = { readonly left: number; readonly top: number } & Extra;

/** How a line of text is set. */
export interface TextStyle {
  readonly align?: "left" | "center" | "right";
  readonly baseline?: "top" | "middle" | "bottom" | "alphabetic";
  /** In points. */
  readonly size?: number;
  readonly weight?: number;
  readonly angle?: number;
  readonly colour?: string;
  /** Colour of a rim about the letters; set the same text without it on top. */
  readonly halo?: string;
}

/** How a stroke is drawn. */
export interface StrokeStyle {
  readonly colour?: string;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly opacity?: number;
  /** Colour inside a closed path; none when absent. */
  readonly fill?: string;
}

/** Lines of text at given places. */
export function texts(rows: readonly Placed<{ text: string }>[], style: TextStyle = {}): Layer {
  return {
    data: { values: placed(rows) },
    mark: {
      type: "text",
      align: style.align ?? "center",
      baseline: style.baseline ?? "middle",
      fontSize: px(style.size ?? FONT_SIZE.label),
      fontWeight: style.weight ?? 400,
      angle: style.angle ?? 0,
      aria: false,
      color: style.colour ?? INK,
      ...(style.halo && { stroke: style.halo, strokeWidth: 2.4, strokeJoin: "round" }),
    },
    encoding: { ...position(), text: { field: "text", type: "nominal" } },
  };
}

/** Straight strokes between two points. */
export function strokes(
  rows: readonly Placed<{ right: number; bottom: number }>[],
  style: StrokeStyle = {},
): Layer {
  return {
    data: { values: placed(rows) },
    mark: {
      type: "rule",
      color: style.colour ?? INK,
      strokeWidth: style.width ?? 0.7,
      ...(style.dash && { strokeDash: style.dash }),
    },
    encoding: { ...position(), x2: { field: "right" }, y2: { field: "bottom" } },
  };
}

/** An image stretched over a box, its pixels kept sharp. */
export function image(url: string, box: Box): Layer {
  return {
    data: { values: [{ url }] },
    mark: {
      type: "image",
      width: tidy(box.width),
      height: tidy(box.height),
      aspect: false,
      align: "left",
      baseline: "top",
      smooth: false,
      aria: false,
    },
    encoding: {
      x: { value: tidy(box.left) },
      y: { value: tidy(box.top) },
      url: { field: "url", type: "nominal" },
    },
  };
}

/** The outline of a box. */
export function frame({ left, top, width, height }: Box, style: StrokeStyle = {}): Layer {
  const outline = `M${tidy(left)},${tidy(top)}h${tidy(width)}v${tidy(height)}h${tidy(-width)}Z`;
  return path(outline, { width: 0.7, ...style });
}

/** An SVG path in px of the drawing; a symbol of size 4 is drawn at the scale of its path. */
export function path(outline: string, style: StrokeStyle = {}): Layer {
  return {
    data: { values: [{}] },
    mark: {
      type: "point",
      shape: outline,
      size: 4,
      filled: false,
      aria: false,
      ...(style.fill && { fill: style.fill }),
      opacity: style.opacity ?? 1,
      stroke: style.colour ?? INK,
      strokeWidth: style.width ?? 0.7,
      ...(style.dash && { strokeDash: style.dash }),
      strokeJoin: "round",
    },
    encoding: { x: { value: 0 }, y: { value: 0 } },
  };
}

/** How symbols look; size in px squared. */
export interface SymbolStyle {
  readonly colour: string;
  readonly shape: string;
  readonly size: number;
  /** White within a line of the colour, instead of the colour within ink. */
  readonly isOpen?: boolean;
}

/**
 * Filled symbols with a white halo, so that they stand out on any ground.
 *
 * @param tooltip fields shown under the pointer; without it all symbols are one path
 */
export function symbols(
  rows: readonly Placed<{ [field: string]: Json }>[],
  { colour, shape, size, isOpen = false }: SymbolStyle,
  tooltip?: Json,
): Layer[] {
  if (rows.length === 0) return [];
  const outline = rows.map(({ left, top }) => symbolPath(shape, size, left, top)).join("");
  // Thinner about small symbols, or a cluster of them is all halo.
  const rim = Math.min(1, Math.sqrt(size) / 4);
  const halo = path(outline, { colour: "#ffffff", width: 0.6 + (isOpen ? 2.8 : 1.8) * rim });
  const look = isOpen
    ? { fill: "#ffffff", colour, width: 1.5 * rim }
    : { fill: colour, colour: INK, width: 0.5 * rim };
  if (tooltip === undefined) return [halo, path(outline, look)];
  const points = {
    data: { values: placed(rows) },
    mark: {
      type: "point",
      shape,
      size,
      opacity: 1,
      filled: true,
      fill: look.fill,
      stroke: look.colour,
      strokeWidth: isOpen ? look.width : 0.5,
      aria: false,
    },
    encoding: { ...position(), tooltip },
  };
  return [halo, points];
}

/** A spec body of layers in px. */
export function drawing(width: number, height: number, layer: readonly Layer[]): Layer {
  return { padding: 0, width, height: Math.ceil(height), layer };
}

/** Where a mark stands: its fields left and top, in px. */
export function position(): Layer {
  return {
    x: { field: "left", type: "quantitative", scale: null, axis: null },
    y: { field: "top", type: "quantitative", scale: null, axis: null },
  };
}

function placed(rows: readonly object[]): Json {
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === "number" ? tidy(value) : (value as Json),
      ]),
    ),
  );
}

/** Rounded to a thousandth. */
export function tidy(value: number): number {
  return Math.round(value * 1000) / 1000;
}
