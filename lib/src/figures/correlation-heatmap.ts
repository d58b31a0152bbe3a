import { InputError } from "../errors";
import { colourBar } from "./colour-bar";
import { type ColourScale, colourScale, LEVELS } from "./colour-scale";
import { drawing, type Layer, texts, tidy } from "./drawing";
import { type ColumnWidth, columnWidthPx, type Figure, type FigureText } from "./figure";
import { figureOf } from "./spec";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, INK, px } from "./theme";

/** A square matrix of correlations, row by row. */
export type CorrelationMatrix = readonly (readonly number[])[];

/** One matrix, or ours beside the published one. */
export interface CorrelationHeatmapOptions extends FigureText {
  readonly labels: readonly string[];
  readonly matrix: CorrelationMatrix;
  /** Drawn beside at double width, under its own heading. */
  readonly published?: {
    readonly heading: string;
    readonly labels: readonly string[];
    readonly matrix: CorrelationMatrix;
  };
  /** Heading of the first matrix when there are two. */
  readonly heading?: string;
  readonly widthMm?: ColumnWidth;
}

const GAP = 14;

/**
 * Correlations as coloured cells with their numbers, from -1 (blue) over 0 (pale) to 1 (red).
 *
 * @throws InputError when a matrix is not as wide and high as its labels are many
 */
export function correlationHeatmap(options: CorrelationHeatmapOptions): Figure {
  const { labels, matrix, published, heading = "This study" } = options;
  const widthMm = options.widthMm ?? (published === undefined && labels.length <= 10 ? 84 : 174);
  const width = columnWidthPx(widthMm);
  const parts = [
    { heading: published === undefined ? undefined : heading, labels, matrix },
    ...(published === undefined ? [] : [published]),
  ];
  const scale = colourScale([], { scheme: "blueRed", domain: [-1, 1] });
  const partWidth = (width - GAP * (parts.length - 1)) / parts.length;
  const drawn = parts.map((part, index) => {
    requireSquare(part);
    const letter = parts.length === 1 ? "" : "ab"[index];
    return matrixLayers(part, letter, scale, index * (partWidth + GAP), partWidth);
  });
  const foot = Math.max(...drawn.map(({ height }) => height));
  const bar = colourBar(scale, "Pearson correlation", {
    left: width / 2 - 90,
    top: foot + 8,
    width: 180,
    height: 7,
  });
  const layers = [...drawn.flatMap((part) => part.layers), ...bar.layers];
  return figureOf(options, widthMm, drawing(width, foot + 8 + bar.height + 2, layers));
}

interface Part {
  readonly heading?: string | undefined;
  readonly labels: readonly string[];
  readonly matrix: CorrelationMatrix;
}

function matrixLayers(part: Part, letter: string, scale: ColourScale, left: number, width: number) {
  const { labels, matrix, heading } = part;
  const size = px(FONT_SIZE.label);
  const widest = Math.max(...labels.map((label) => textWidth(label, size)));
  const top = heading === undefined ? 1 : px(FONT_SIZE.axisTitle) * 1.6;
  // A single matrix of few layers need not fill the column.
  const cell = Math.min(44, (width - widest - 6) / labels.length);
  const first = left + widest + 5 + (width - widest - 6 - cell * labels.length) / 2;
  const middle = (index: number) => first + (index + 0.5) * cell;
  const row = (index: number) => top + (index + 0.5) * cell;
  const foot = top + cell * labels.length;
  const isUpright = widestFits(labels, cell, size);
  const cells = matrix.flatMap((values, down) =>
    values.map((value, across) => ({ value, across, down, ...cellColours(value, scale) })),
  );
  const layers: Layer[] = [
    {
      data: {
        values: cells.map(({ value, across, down, fill }) => ({
          left: tidy(middle(across)),
          top: tidy(row(down)),
          fill,
          row: labels[down],
          column: labels[across],
          correlation: tidy(value),
        })),
      },
      mark: {
        type: "square",
        size: tidy(cell * cell),
        opacity: 1,
        stroke: "#ffffff",
        strokeWidth: 0.7,
      },
      encoding: {
        x: { field: "left", type: "quantitative", scale: null, axis: null },
        y: { field: "top", type: "quantitative", scale: null, axis: null },
        fill: { field: "fill", type: "nominal", scale: null },
        tooltip: [
          { field: "row", type: "nominal" },
          { field: "column", type: "nominal" },
          { field: "correlation", type: "quantitative" },
        ],
      },
    },
    ...["#ffffff", INK].map((ink) =>
      texts(
        cells
          .filter((cellOf) => cellOf.ink === ink)
          .map(({ value, across, down }) => ({
            left: middle(across),
            top: row(down),
            text: correlationLabel(value),
          })),
        { size: FONT_SIZE.small, colour: ink },
      ),
    ),
    texts(
      labels.map((text, index) => ({ left: first - 4, top: row(index), text })),
      { align: "right" },
    ),
    texts(
      labels.map((text, index) => ({ left: middle(index), top: foot + 4, text })),
      isUpright ? { baseline: "top" } : { align: "right", angle: 270 },
    ),
    ...(heading === undefined
      ? []
      : [
          texts([{ left: first, top: 0, text: letter }], headingStyle(600)),
          texts([{ left: first + 10, top: 0, text: heading }], headingStyle(400)),
        ]),
  ];
  return { layers, height: foot + (isUpright ? size * 1.3 + 4 : widest + 6) };
}

function headingStyle(weight: number) {
  return { align: "left", baseline: "top", size: FONT_SIZE.axisTitle, weight } as const;
}

function widestFits(labels: readonly string[], cell: number, size: number): boolean {
  return labels.every((label) => textWidth(label, size) < cell - 2);
}

/** Two decimals with a real minus, and no minus before a rounded zero. */
function correlationLabel(value: number): string {
  if (Number.isNaN(value)) return "–";
  const label = value.toFixed(2).replace("-", "\u2212");
  return label === "\u22120.00" ? "0.00" : label;
}

/** Fill of a cell and the ink that reads on it. */
function cellColours(value: number, { colours, position }: ColourScale) {
  if (Number.isNaN(value)) return { fill: "#eeeeee", ink: INK };
  const level = Math.round(position(value) * (LEVELS - 1));
  const [red, green, blue] = colours.subarray(level * 3, level * 3 + 3);
  const lightness =
    (0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2) / 255 ** 2.2;
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
  // White on dark and ink on pale give equal contrast at this luminance (WCAG 2 formula).
  return { fill: `#${hex}`, ink: lightness < 0.24 ? "#ffffff" : INK };
}

function requireSquare({ labels, matrix }: Part): void {
  const isSquare =
    matrix.length === labels.length && matrix.every((row) => row.length === labels.length);
  if (isSquare) return;
  throw new InputError({
    kind: "parameter",
    field: "correlation matrix",
    found: `${matrix.length} rows of ${matrix[0]?.length ?? 0} for ${labels.length} labels`,
    expected: "as many rows and columns as labels",
  });
}
