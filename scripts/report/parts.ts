/** A chart of a page: its still drawing, and what makes it interactive. */
export interface Chart {
  /** Unique in the page; links lead to it. None for one that stands a second time. */
  readonly id: string | null;
  readonly svg: string;
  /** A Vega-Lite specification; none where the drawing is all there is. */
  readonly spec?: unknown;
  /** What the chart shows, for a reader who cannot see it. */
  readonly alt: string;
  /** The figure's files, relative to the page; the first one's name is shown. */
  readonly files: readonly string[];
}

/** What a page is made of: HTML, and charts, whose drawings it shares out. */
export type Part = string | Chart;

/** A heading within a section. */
export interface Heading {
  readonly id: string;
  readonly title: string;
}

/** One chapter of a page, which folds. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly Part[];
  readonly headings: readonly Heading[];
  readonly hasFailed: boolean;
}
