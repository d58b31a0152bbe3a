import type { FriedmanTest, NemenyiTest } from "../evaluation/friedman";
import { drawing, type Layer, path, strokes, texts } from "./drawing";
import { columnWidthPx, type Figure, type FigureText } from "./figure";
import { figureOf } from "./spec";
import { textWidth } from "./text-metrics";
import { CATEGORY_COLOURS, FAINT_INK, FONT_SIZE, INK, px } from "./theme";

/** Methods ranked over districts, and which of them Nemenyi's test tells apart. */
export interface CriticalDifferenceOptions extends FigureText {
  readonly friedman: FriedmanTest;
  readonly nemenyi: NemenyiTest;
}

const ROW = 14;
const BAR_STEP = 6;
/** From a name to where its line starts. */
const GAP = 4;

/**
 * A critical-difference diagram (Demsar 2006): methods at their average ranks, the best on the left;
 * a bar joins those that are not significantly different, and the critical difference stands above as
 * a length.
 */
export function criticalDifferencePlot(options: CriticalDifferenceOptions): Figure {
  const { friedman, nemenyi } = options;
  const { methods, averageRanks, districts } = friedman;
  const size = px(FONT_SIZE.label);
  const placed = methods
    .map((name, at) => ({
      name,
      rank: averageRanks[at],
      text: `${name}  ${averageRanks[at].toFixed(2)}`,
    }))
    .sort((one, other) => one.rank - other.rank);
  const half = Math.ceil(placed.length / 2);
  const margin = Math.max(...placed.map(({ text }) => textWidth(text, size))) + GAP + 8;
  const width = columnWidthPx(174) - 4;
  const across = (rank: number) =>
    margin + ((rank - 1) / (methods.length - 1)) * (width - 2 * margin);
  const axis = 4.6 * ROW;
  const bars = nemenyi.groups.map((group, at) => {
    const ranks = placed.filter(({ name }) => group.includes(name)).map(({ rank }) => rank);
    return { from: Math.min(...ranks), to: Math.max(...ranks), top: axis + 9 + at * BAR_STEP };
  });
  const first = axis + 9 + bars.length * BAR_STEP + ROW / 2;
  const named = placed.map((method, at) => {
    const isLeft = at < half;
    const row = isLeft ? at : placed.length - 1 - at;
    return { ...method, isLeft, left: across(method.rank), top: first + row * ROW };
  });
  const layers = [
    ...axisLayers(methods.length, across, axis),
    ...rulerLayers(nemenyi, across, ROW * 2.7),
    ...named.map(({ isLeft, left, top }) =>
      path(`M${left},${axis}V${top}H${isLeft ? margin - 6 : width - margin + 6}`, { width: 0.7 }),
    ),
    path(
      bars.map(({ from, to, top }) => `M${across(from) - 3},${top}H${across(to) + 3}`).join(""),
      {
        colour: CATEGORY_COLOURS[0],
        width: 3,
      },
    ),
    texts(
      named
        .filter(({ isLeft }) => isLeft)
        .map(({ top, text }) => ({ left: margin - 6 - GAP, top, text })),
      { align: "right" },
    ),
    texts(
      named
        .filter(({ isLeft }) => !isLeft)
        .map(({ top, text }) => ({ left: width - margin + 6 + GAP, top, text })),
      { align: "left" },
    ),
    texts(
      [
        {
          left: width / 2,
          top: ROW / 2,
          text: `Average rank over ${districts} districts, 1 is best`,
        },
      ],
      {
        size: FONT_SIZE.axisTitle,
      },
    ),
  ];
  const said = nemenyi.groups.map((group) => `${group.join(", ")} are not told apart`).join("; ");
  const alt = `${(options.alt ?? options.title).replace(/[.]$/, "")}. ${said || "All are told apart"}.`;
  return figureOf({ ...options, alt }, 174, drawing(width, first + half * ROW, layers));
}

function axisLayers(count: number, across: (rank: number) => number, top: number): Layer[] {
  const ticks = Array.from({ length: count }, (_, at) => ({
    left: across(at + 1),
    text: String(at + 1),
  }));
  return [
    strokes([{ left: across(1), top, right: across(count), bottom: top }], { width: 0.9 }),
    strokes(ticks.map(({ left }) => ({ left, top: top - 4, right: left, bottom: top }))),
    texts(ticks.map((tick) => ({ ...tick, top: top - 10 }))),
  ];
}

/** The critical difference as a length from rank 1 on. */
function rulerLayers(
  { criticalDifference, significance }: NemenyiTest,
  across: (rank: number) => number,
  top: number,
): Layer[] {
  const [left, right] = [across(1), across(1 + criticalDifference)];
  const text = `Critical difference ${criticalDifference.toFixed(2)} (Nemenyi, ${significance})`;
  return [
    path(`M${left},${top - 3}V${top + 3}M${left},${top}H${right}M${right},${top - 3}V${top + 3}`, {
      colour: FAINT_INK,
      width: 0.9,
    }),
    texts([{ left, top: top - ROW * 0.8, text }], { align: "left", colour: INK }),
  ];
}
