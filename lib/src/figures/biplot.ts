import type { PrincipalComponents } from "../evidence/principal-components";
import { type ArrowLabel, apart } from "./arrow-labels";
import type { ColumnWidth, Figure, FigureText } from "./figure";
import { fittedFigure, rounded } from "./spec";
import { textWidth } from "./text-metrics";
import { CATEGORY_COLOURS, FAINT_INK, FONT_SIZE, INK, px } from "./theme";

/** Two principal components of a composition. */
export interface BiplotOptions extends FigureText {
  readonly components: Pick<PrincipalComponents, "parts" | "loadings" | "scores" | "explained">;
  /** Which two, from 1; the first two when absent. */
  readonly axes?: readonly [number, number];
  /** Most scores drawn, evenly spread over the samples; 1,000 when absent. */
  readonly atMost?: number;
  readonly widthMm?: ColumnWidth;
}

/** Share of the plot's half that the longest arrow takes. */
const LONGEST_ARROW = 0.8;
/** An arrow's head: its tip at the origin, pointing up. */
const HEAD = "M0,0L-0.45,1.1L0.45,1.1Z";

/**
 * Scores of samples as points and loadings of parts as arrows (Gabriel 1971; Aitchison and Greenacre
 * 2002 for compositions). Both axes have the same unit, so angles are true; arrows are lengthened
 * by one factor, which the alternative text gives.
 */
export function biplot(options: BiplotOptions): Figure {
  const { components, axes = [1, 2], atMost = 1000, widthMm = 84 } = options;
  const [across, up] = axes.map((axis) => axis - 1);
  const scores = drawnScores(components.scores[across], components.scores[up], atMost);
  const loadings = components.parts.map((part, at) => ({
    part,
    across: components.loadings[across][at],
    up: components.loadings[up][at],
  }));
  const reach = (of: "across" | "up") => Math.max(...scores.map((score) => Math.abs(score[of])));
  // At most twice as wide as high, so that labels find room.
  const widest = Math.max(reach("across"), 0.7 * reach("up")) * 1.06;
  const highest = Math.max(reach("up"), 0.5 * reach("across")) * 1.06;
  const factor =
    LONGEST_ARROW *
    Math.min(
      ...loadings.map((arrow) =>
        Math.min(widest / Math.abs(arrow.across), highest / Math.abs(arrow.up)),
      ),
    );
  const axis = (field: string, component: number, limit: number) => ({
    field,
    type: "quantitative",
    title: `PC${component + 1} (${rounded(100 * components.explained[component], 3)} %)`,
    scale: { domain: [-rounded(limit), rounded(limit)], nice: false },
    axis: { tickCount: 6 },
  });
  const place = { x: axis("across", across, widest), y: axis("up", up, highest) };
  const arrows = loadings.map((arrow) => ({
    part: arrow.part,
    across: rounded(arrow.across * factor),
    up: rounded(arrow.up * factor),
    loadingAcross: rounded(arrow.across, 3),
    loadingUp: rounded(arrow.up, 3),
    angle: rounded((Math.atan2(arrow.across, arrow.up) * 180) / Math.PI),
    zero: 0,
  }));
  const size = px(FONT_SIZE.label);
  const said = `Arrows are ${rounded(factor, 3)} times as long as loadings`;
  const alt = `${(options.alt ?? options.title).replace(/[.]$/, "")}. ${said}.`;
  return fittedFigure({ ...options, alt }, widthMm, 1, (plotWidth) => {
    const perUnit = plotWidth / (2 * widest);
    const labels = apart(
      arrows.map((arrow) => ({
        text: arrow.part,
        across: arrow.across * perUnit,
        up: arrow.up * perUnit,
        width: textWidth(arrow.part, size, 600),
      })),
      size,
    ).map(({ text, across: x, up: y }: ArrowLabel) => ({
      part: text,
      across: rounded(x / perUnit),
      up: rounded(y / perUnit),
    }));
    return {
      width: plotWidth,
      height: Math.round(2 * highest * perUnit),
      layer: [
        {
          data: { values: scores },
          mark: { type: "point", filled: true, size: 5, color: CATEGORY_COLOURS[0], opacity: 0.3 },
          encoding: place,
        },
        ...(["x", "y"] as const).map((direction) => ({
          data: { values: [{ across: 0, up: 0 }] },
          mark: { type: "rule", color: FAINT_INK, strokeWidth: 0.6 },
          encoding: { [direction]: place[direction] },
        })),
        {
          data: { values: arrows },
          mark: { type: "rule", color: CATEGORY_COLOURS[1], strokeWidth: 1.1 },
          encoding: { ...place, x2: { field: "zero" }, y2: { field: "zero" } },
        },
        {
          data: { values: arrows },
          mark: { type: "point", filled: true, color: CATEGORY_COLOURS[1], opacity: 1, size: 55 },
          encoding: {
            ...place,
            shape: { value: HEAD },
            angle: { field: "angle", type: "quantitative", scale: null },
            tooltip: [
              { field: "part", type: "nominal" },
              { field: "loadingAcross", type: "quantitative", title: `PC${across + 1}` },
              { field: "loadingUp", type: "quantitative", title: `PC${up + 1}` },
            ],
          },
        },
        ...[{ stroke: "#ffffff", strokeWidth: 2.5, strokeJoin: "round" }, {}].map((halo) => ({
          data: { values: labels },
          mark: { type: "text", fontWeight: 600, fontSize: size, color: INK, ...halo },
          encoding: { ...place, text: { field: "part", type: "nominal" } },
        })),
      ],
    };
  });
}

function drawnScores(across: Float64Array, up: Float64Array, atMost: number) {
  const complete = Array.from(across.keys()).filter((sample) => !Number.isNaN(across[sample]));
  const step = Math.max(1, Math.ceil(complete.length / atMost));
  return complete
    .filter((_, at) => at % step === 0)
    .map((sample) => ({ across: rounded(across[sample], 4), up: rounded(up[sample], 4) }));
}
