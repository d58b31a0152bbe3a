import type { StudyIdentity } from "../study/types";
import type { Json } from "./json";
import { wrappedText } from "./text-metrics";
import { FONT_SIZE, px } from "./theme";

/** A Vega-Lite 5 specification as plain data. */
export interface VegaLiteSpec {
  readonly [key: string]: Json;
}

/** Width of a journal's single and double column in millimetres. */
export type ColumnWidth = 84 | 174;

/** A chart as data: what to draw, how wide, and what to tell a reader who cannot see it. */
export interface Figure {
  /** As it is printed: SVG, PNG and PDF are drawn from it. */
  readonly spec: VegaLiteSpec;
  /** The same for a screen, where it answers to the pointer; as it is printed when absent. */
  readonly live?: VegaLiteSpec;
  readonly widthMm: ColumnWidth;
  readonly title: string;
  /** One sentence for screen readers. */
  readonly alt: string;
  /** What ground it is of, where that is not the study's. */
  readonly ground?: string;
  /** What made it, as JSON; written into its files. */
  readonly record?: string;
}

/** What a figure's files say of how it was made. */
export interface FigureRecord {
  /** Parameters that are not as method.json has them, said under the title; null where none is. */
  readonly changed: string | null;
  /** All of it, as JSON. */
  readonly record: string;
}

/** What every builder is told besides its data. */
export interface FigureText {
  readonly title: string;
  /** One sentence for screen readers; the title when absent. */
  readonly alt?: string;
  /**
   * What ground it is of, where that is not the study's, such as "Generated districts (synthetic)": it
   * stands in the place of the study and its licence.
   */
  readonly ground?: string;
}

/**
 * Width of the drawing in Vega's px, taken as CSS px (96 an inch) and rounded to a whole one; the
 * exported width is exact, so sizes in points are true to 0.2 %.
 */
export function columnWidthPx(widthMm: ColumnWidth): number {
  return Math.round((widthMm / 25.4) * 96);
}

/**
 * The figure with its title drawn over it and the study named beneath; a synthetic study is called
 * so in the figure itself, and of a real one the licence of the data stands there, where a copied
 * picture keeps it. So do parameters that were changed. A figure of other ground names that instead.
 */
export function labelled(
  figure: Figure,
  study: Pick<StudyIdentity, "title" | "kind" | "licence">,
  { changed, record }: Partial<FigureRecord> = {},
): Figure {
  const { ground } = figure;
  const isSynthetic = ground === undefined && study.kind === "synthetic";
  const own = isSynthetic
    ? [`${study.title} (synthetic data)`]
    : [study.title, `Data: ${study.licence}`];
  const width = columnWidthPx(figure.widthMm) - 4;
  const note = changed ? wrappedText(`Changed: ${changed}`, width, px(FONT_SIZE.label)) : [];
  const title = {
    text: wrappedText(figure.title, width, px(FONT_SIZE.title), 600),
    subtitle: [
      ...(ground === undefined ? own : [ground]).flatMap((line) =>
        wrappedText(line, width, px(FONT_SIZE.label)),
      ),
      ...note,
    ],
  };
  return {
    ...figure,
    ...(record !== undefined && { record }),
    alt: isSynthetic ? `${figure.alt} Synthetic data.` : figure.alt,
    spec: { ...figure.spec, title },
    ...(figure.live && { live: { ...figure.live, title } }),
  };
}
