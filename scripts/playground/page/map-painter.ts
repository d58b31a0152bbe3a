import { type ColourScale, colourScale, LEVELS } from "../../../lib/src/figures/colour-scale";
import { symbolPath } from "../../../lib/src/figures/symbol-path";
import { CATEGORY_COLOURS, INK } from "../../../lib/src/figures/theme";
import type { PackedDistrict, Prepared, PreparedGroup } from "../protocol";
import type { MapContent } from "./map-content";
import { coveredShare } from "./patch-grid";
import { remembered } from "./remembered";

/** What a map is painted of. */
export interface Painting {
  readonly district: PackedDistrict;
  readonly content: MapContent;
  readonly group: PreparedGroup;
  /** Score from which ground is full of colour, the rest being faded; null where all is. */
  readonly threshold: number | null;
  /** The patch that is made out. */
  readonly patch: number | null;
}

/** Opacity of ground that is not selected, of 255. */
const FADED = 70;
const OCCURRENCE = CATEGORY_COLOURS[1];

const scales = new WeakMap<Float64Array, ColourScale>();

/** Colours of what a map shows; fitted once to its values. */
export function scaleOf({ values, colours }: Pick<MapContent, "values" | "colours">): ColourScale {
  const known = scales.get(values);
  if (known !== undefined) return known;
  const scale = colourScale(values, colours);
  scales.set(values, scale);
  return scale;
}

/** What stands on a canvas: it is not painted again for the same. */
const painted = new WeakMap<HTMLCanvasElement, readonly unknown[]>();

/** Paints a map over the whole of a canvas whose sides are in proportion to the region. */
export function paintMap(canvas: HTMLCanvasElement, painting: Painting): void {
  const ratio = Math.max(1, window.devicePixelRatio);
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  if (width === 0 || height === 0) return;
  const { district, content, group, threshold, patch } = painting;
  const shown = [content.values, district, group, threshold, patch, width, height, ratio];
  const before = painted.get(canvas);
  if (before !== undefined && shown.every((each, at) => each === before[at])) return;
  painted.set(canvas, shown);
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  paintPatches(context, painting, width, height);
  paintLines(context, painting.district, width, height);
  paintOccurrences(context, painting, width, height);
  if (painting.patch !== null) paintCursor(context, painting, painting.patch, width, height);
  if (painting.district.kind === "synthetic") paintTag(context, "Synthetic district");
}

function paintPatches(
  context: CanvasRenderingContext2D,
  { content, threshold, district }: Painting,
  width: number,
  height: number,
): void {
  const covered = coveredShare(content.cut.prepared, district);
  context.imageSmoothingEnabled = false;
  const { prepared } = content.cut;
  const image = patchImage(content.values, scaleOf(content), prepared, threshold);
  context.drawImage(image, 0, 0, covered.across * width, covered.down * height);
}

/** The patches as an image of one pixel each; kept while only what lies over it changes. */
const patchImage = remembered(patchPixels);

function patchPixels(
  values: Float64Array,
  scale: ColourScale,
  { columns, rows, places }: Prepared,
  threshold: number | null,
): OffscreenCanvas {
  const image = new ImageData(columns, rows);
  values.forEach((value, patch) => {
    if (Number.isNaN(value)) return;
    const at = 4 * (places[2 * patch] * columns + places[2 * patch + 1]);
    const level = 3 * Math.round(scale.position(value) * (LEVELS - 1));
    image.data.set(scale.colours.subarray(level, level + 3), at);
    image.data[at + 3] = threshold === null || value >= threshold ? 255 : FADED;
  });
  const small = new OffscreenCanvas(columns, rows);
  (small.getContext("2d") as OffscreenCanvasRenderingContext2D).putImageData(image, 0, 0);
  return small;
}

/** Place of coordinates on a map of some px. */
function placer(
  { region: [west, south, east, north] }: PackedDistrict,
  width: number,
  height: number,
) {
  return (easting: number, northing: number): readonly [number, number] => [
    (width * (easting - west)) / (east - west),
    (height * (north - northing)) / (north - south),
  ];
}

const paths = new WeakMap<PackedDistrict, { readonly key: string; readonly path: Path2D[] }>();

/** Lines and then the outline as paths, made anew only when the map's size changes. */
function linePaths(district: PackedDistrict, width: number, height: number): Path2D[] {
  const key = `${width} ${height}`;
  const known = paths.get(district);
  if (known?.key === key) return known.path;
  const place = placer(district, width, height);
  const pathOf = (lines: readonly (readonly number[])[]) => {
    const path = new Path2D();
    for (const line of lines) {
      path.moveTo(...place(line[0], line[1]));
      for (let at = 2; at < line.length; at += 2) path.lineTo(...place(line[at], line[at + 1]));
    }
    return path;
  };
  const path = [...district.lines.map(({ lines }) => pathOf(lines)), pathOf(district.outline)];
  paths.set(district, { key, path });
  return path;
}

function paintLines(
  context: CanvasRenderingContext2D,
  district: PackedDistrict,
  width: number,
  height: number,
): void {
  linePaths(district, width, height).forEach((path, at) => {
    const isOutline = at === district.lines.length;
    context.setLineDash(isOutline ? [5, 2] : []);
    for (const [colour, line] of [
      ["rgba(255, 255, 255, 0.6)", isOutline ? 2.6 : 1.9],
      [INK, isOutline ? 1.2 : 0.9],
    ] as const) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.stroke(path);
    }
  });
  context.setLineDash([]);
}

function paintOccurrences(
  context: CanvasRenderingContext2D,
  { district, group }: Painting,
  width: number,
  height: number,
): void {
  const place = placer(district, width, height);
  const judged = new Set(group.held.map(({ occurrence }) => occurrence));
  const size = district.occurrences.length > 100 ? 30 : 50;
  const draw = (which: boolean) => {
    const path = new Path2D();
    district.occurrences.forEach(({ east, north }, at) => {
      if (judged.has(at) !== which) return;
      const [left, top] = place(east, north);
      path.addPath(new Path2D(symbolPath("circle", which ? size : size / 2, left, top)));
    });
    context.fillStyle = which ? OCCURRENCE : "#ffffff";
    context.strokeStyle = which ? "#ffffff" : INK;
    context.lineWidth = which ? 1.1 : 0.8;
    context.fill(path);
    context.stroke(path);
  };
  draw(false);
  draw(true);
}

function paintCursor(
  context: CanvasRenderingContext2D,
  { content, district }: Painting,
  patch: number,
  width: number,
  height: number,
): void {
  const { columns, rows, places } = content.cut.prepared;
  if (2 * patch >= places.length) return;
  const covered = coveredShare(content.cut.prepared, district);
  const across = (covered.across * width) / columns;
  const down = (covered.down * height) / rows;
  const box = [places[2 * patch + 1] * across, places[2 * patch] * down, across, down] as const;
  for (const [colour, line] of [
    ["#ffffff", 4],
    ["#000000", 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(...box);
  }
}

function paintTag(context: CanvasRenderingContext2D, text: string): void {
  context.font = "600 12px system-ui, sans-serif";
  const width = context.measureText(text).width + 12;
  context.fillStyle = "rgba(255, 255, 255, 0.88)";
  context.fillRect(6, 6, width, 20);
  context.fillStyle = "#8a3b00";
  context.textBaseline = "middle";
  context.fillText(text, 12, 16.5);
}
