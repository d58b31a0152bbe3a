import * as vega from "vega";
import * as vegaLite from "vega-lite";
import type { VegaLiteSpec } from "./figure";
import { textWidth } from "./text-metrics";

interface MeasuredText {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

// Without a canvas Vega takes every character as 0.8 em wide; axes, legends and titles then stand
// too far apart. The one place where its metrics are replaced, by those of the font drawn with.
const metrics = (
  vega as unknown as {
    readonly textMetrics: { width: (item: MeasuredText, text: unknown) => number };
  }
).textMetrics;
metrics.width = ({ fontSize = 11, fontWeight = "normal" }, text) =>
  text === null || text === undefined ? 0 : textWidth(String(text), fontSize, fontWeight);

/** A laid-out chart without a window. */
export function layOut(spec: VegaLiteSpec): vega.View {
  const compiled = vegaLite.compile(spec as unknown as vegaLite.TopLevelSpec, {
    logger: vega.logger(vega.Error),
  });
  return new vega.View(vega.parse(compiled.spec), { renderer: "none" });
}

/** Width and height in px that a chart takes with its axes, legends and titles. */
export function laidOutSize(spec: VegaLiteSpec): { width: number; height: number } {
  const view = layOut(spec).run() as unknown as { _viewWidth: number; _viewHeight: number } & {
    padding(): { left: number; right: number; top: number; bottom: number };
    finalize(): void;
  };
  const { left, right, top, bottom } = view.padding();
  const size = {
    width: view._viewWidth + left + right,
    height: view._viewHeight + top + bottom,
  };
  view.finalize();
  return size;
}
