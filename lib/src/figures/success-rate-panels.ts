import { InputError } from "../errors";
import { curveLayers } from "./curve-layers";
import { columnWidthPx, type Figure, type FigureText } from "./figure";
import { fittedFigure } from "./spec";
import {
  drawnCurve,
  drawnMark,
  SUCCESS_RATE_AXES,
  type SuccessRateCurvesOptions,
} from "./success-rate-curves";
import { textWidth } from "./text-metrics";
import { FONT_SIZE, LINE_LEGEND, px } from "./theme";

/** Success-rate curves of the same scores under several conditions. */
export interface SuccessRatePanelsOptions extends FigureText {
  /** Such as in-sample and out-of-sample, or groups of occurrences; two or three. */
  readonly panels: readonly ({ readonly heading: string } & Pick<
    SuccessRateCurvesOptions,
    "curves" | "marks"
  >)[];
}

/**
 * Success-rate charts beside each other at double width under lettered headings, with one key for
 * all: the nth curve looks alike in every panel.
 *
 * @throws InputError when the panels' curves differ in name or order
 */
export function successRatePanels(options: SuccessRatePanelsOptions): Figure {
  const { panels, title } = options;
  const names = panels[0].curves.map(({ name }) => name);
  for (const { curves, heading } of panels) requireNames(heading, curves, names);
  const widest = Math.max(...names.map((name) => textWidth(name, px(FONT_SIZE.label)))) + 42;
  const columns = Math.max(1, Math.floor((columnWidthPx(174) - 40) / widest));
  const legend = { ...LINE_LEGEND, orient: "bottom", columns: Math.min(columns, names.length) };
  return fittedFigure(options, 174, panels.length, (plotWidth, isLive) => ({
    spacing: 18,
    hconcat: panels.map(({ heading, curves, marks = [] }, index) => ({
      width: plotWidth,
      height: Math.round(plotWidth),
      layer: [
        ...headingLayers(heading, letterOf(index)),
        ...curveLayers(
          {
            title,
            ...SUCCESS_RATE_AXES,
            curves: curves.map((each) => drawnCurve(each, each.name)),
            marks: marks.map(drawnMark),
          },
          legend,
          isLive ? `near${index}` : undefined,
        ),
      ],
    })),
  }));
}

const letterOf = (index: number) => String.fromCharCode("a".charCodeAt(0) + index);

/** A bold letter and the heading beside it, above the plot: a title has one weight. */
function headingLayers(heading: string, letter: string) {
  const fontSize = px(FONT_SIZE.axisTitle);
  const right = textWidth(`${letter}\u2002`, fontSize, 600);
  const words = [
    { text: letter, x: 0, fontWeight: 600 },
    { text: heading, x: right, fontWeight: 400 },
  ];
  return words.map((word) => ({
    data: { values: [{}] },
    mark: { type: "text", ...word, y: -6, fontSize, align: "left", baseline: "alphabetic" },
  }));
}

function requireNames(
  heading: string,
  curves: SuccessRateCurvesOptions["curves"],
  names: readonly string[],
): void {
  const found = curves.map(({ name }) => name);
  if (found.join("\n") === names.join("\n")) return;
  throw new InputError({
    kind: "parameter",
    field: `curves of panel ${heading}`,
    found: found.join(", "),
    expected: names.join(", "),
  });
}
