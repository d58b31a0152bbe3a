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

/** One matrix, ours beside the published one, or both with their difference. */
export interface CorrelationHeatmapOptions extends FigureText {
  readonly labels: readonly string[];
  readonly matrix: CorrelationMatrix;
  /** What the colours mean; "Pearson correlation" when absent. */
  readonly legend?: string;
  /** Drawn beside at double width, under its own heading. */
  readonly published?: {
    readonly heading: string;
    readonly labels: readonly string[];
    readonly matrix: CorrelationMatrix;
  };
  /** Heading of the first matrix when there are two. */
  readonly heading?: string;
  /**
   * Heading of a third matrix: this study's correlation less the published one, on a scale of its
   * own. All matrices then stand in the published order.
   */
  readonly difference?: string;
  readonly widthMm?: ColumnWidth;
}

const GAP = 14;
/** Room beside the labels in px, on their left for readers whose fonts run wider. */
const LABEL_ROOM = 10;
/** Narrowest cell in px that holds a number such as -0.03. */
const NARROWEST_CELL = 25;

/**
 * Correlations as coloured cells with their numbers, from -1 (blue) over 0 (pale) to 1 (red). Three
 * matrices stand in one row where their numbers fit, else in two.
 *
 * @throws InputError when a matrix is not as wide and high as its labels are many, or a difference
 *   is asked of matrices with other labels
 */
export function correlationHeatmap(options: CorrelationHeatmapOptions): Figure {
  const { labels, published } = options;
  const widthMm = options.widthMm ?? (published === undefined && labels.length <= 10 ? 84 : 174);
  const width = columnWidthPx(widthMm);
  const parts = partsOf(options);
  const isOneRow = parts.length < 3 || cellWidth(labels, partWidthOf(width, 3)) >= NARROWEST_CELL;
  const perRow = isOneRow ? parts.length : 2;
  const partWidth = partWidthOf(width, perRow);
  const leftOf = (index: number) => (index % perRow) * (partWidth + GAP);
  const letterOf = (index: number) => (parts.length === 1 ? "" : "abc"[index]);
  const upper = parts
    .slice(0, perRow)
    .map((part, index) => matrixLayers(part, letterOf(index), leftOf(index), 0, partWidth));
  let foot = Math.max(...upper.map(({ height }) => height));
  const layers = upper.flatMap((part) => part.layers);
  const bars = parts.length < 3 ? [parts[0]] : [parts[0], parts[2]];
  const barWidth = bars.length === 1 ? 180 : Math.min(220, partWidth - 20);
  if (isOneRow) {
    const drawn = bars.map(({ scale, legend }, index) => {
      const middle = (width * (index + 0.5)) / bars.length;
      return colourBar(scale, legend, {
        left: middle - barWidth / 2,
        top: foot + 8,
        width: barWidth,
        height: 7,
      });
    });
    foot += 8 + Math.max(...drawn.map(({ height }) => height));
    layers.push(...drawn.flatMap((bar) => bar.layers));
  } else {
    const top = foot + GAP;
    const lower = matrixLayers(parts[2], letterOf(2), 0, top, partWidth);
    // The bars stand where a fourth matrix would.
    const drawn = bars.map(({ scale, legend }, index) =>
      colourBar(scale, legend, {
        left: partWidth + GAP + (partWidth - barWidth) / 2,
        top: top + (lower.height - top) * (0.25 + 0.3 * index),
        width: barWidth,
        height: 7,
      }),
    );
    foot = lower.height;
    layers.push(...lower.layers, ...drawn.flatMap((bar) => bar.layers));
  }
  return figureOf(options, widthMm, drawing(width, foot + 2, layers));
}

function partWidthOf(width: number, perRow: number): number {
  return (width - GAP * (perRow - 1)) / perRow;
}

/** The matrices from left to right, each with its scale. */
function partsOf(options: CorrelationHeatmapOptions): Part[] {
  const { labels, matrix, published, heading = "This study", difference } = options;
  const { legend = "Pearson correlation" } = options;
  const scale = colourScale([], { scheme: "blueRed", domain: [-1, 1] });
  const whole = { scale, legend };
  for (const part of [{ labels, matrix }, ...(published ? [published] : [])]) requireSquare(part);
  if (published === undefined) return [{ labels, matrix, ...whole }];
  if (difference === undefined) {
    return [
      { heading, labels, matrix, ...whole },
      { ...published, ...whole },
    ];
  }
  const own = inOrderOf(published.labels, labels, matrix);
  const differences = own.map((row, down) =>
    row.map((value, across) => value - published.matrix[down][across]),
  );
  const largest = Math.max(...differences.flat().map(Math.abs).filter(Number.isFinite), 0.05);
  const reach = Math.ceil(largest * 10) / 10;
  return [
    { heading, labels: published.labels, matrix: own, ...whole },
    { ...published, ...whole },
    {
      heading: difference,
      labels: published.labels,
      matrix: differences,
      scale: colourScale([], { scheme: "blueOrange", domain: [-reach, reach] }),
      legend: "Difference in correlation",
    },
  ];
}

/** A matrix with rows and columns in another order of the same labels. */
function inOrderOf(
  order: readonly string[],
  labels: readonly string[],
  matrix: CorrelationMatrix,
): number[][] {
  const places = order.map((label) => labels.indexOf(label));
  if (places.includes(-1) || order.length !== labels.length) {
    throw new InputError({
      kind: "parameter",
      field: "labels of a difference",
      found: labels.join(", "),
      expected: `the published ones: ${order.join(", ")}`,
    });
  }
  return places.map((row) => places.map((column) => matrix[row][column]));
}

function cellWidth(labels: readonly string[], width: number): number {
  const widest = Math.max(...labels.map((label) => textWidth(label, px(FONT_SIZE.label))));
  return (width - widest - LABEL_ROOM) / labels.length;
}

interface Part {
  readonly heading?: string | undefined;
  readonly labels: readonly string[];
  readonly matrix: CorrelationMatrix;
  readonly scale: ColourScale;
  readonly legend: string;
}

/** A matrix from a top edge on; its height is that of its lower edge. */
function matrixLayers(part: Part, letter: string, left: number, from: number, width: number) {
  const { labels, matrix, heading, scale } = part;
  const size = px(FONT_SIZE.label);
  const widest = Math.max(...labels.map((label) => textWidth(label, size)));
  const top = from + (heading === undefined ? 1 : px(FONT_SIZE.axisTitle) * 1.6);
  // A single matrix of few layers need not fill the column.
  const cell = Math.min(44, cellWidth(labels, width));
  const first =
    left + widest + LABEL_ROOM - 1 + (width - widest - LABEL_ROOM - cell * labels.length) / 2;
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
          texts([{ left: first, top: from, text: letter }], headingStyle(600)),
          texts([{ left: first + 10, top: from, text: heading }], headingStyle(400)),
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

function requireSquare({ labels, matrix }: Pick<Part, "labels" | "matrix">): void {
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
