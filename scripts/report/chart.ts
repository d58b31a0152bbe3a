import { textHtml } from "./markdown";
import type { Chart } from "./parts";

/**
 * A chart as a figure: the still drawing, which the page's script replaces by the interactive chart
 * once it is pointed at, or scrolled to where it has a control, and the names of its files.
 *
 * @param place of its specification among the page's; null where it has none
 */
export function chartHtml(
  { id, alt, files, spec }: Chart,
  drawing: string,
  place: number | null,
): string {
  const named = id === null ? "" : ` id="${textHtml(id)}"`;
  const control = hasControl(spec) ? " data-control" : "";
  const interactive = place === null ? "" : ` data-spec="${place}"${control}`;
  return `<figure class="chart"${named}${interactive}><div class="drawing" role="img" aria-label="${textHtml(alt)}">${drawing}</div>${captionHtml(alt, files)}</figure>`;
}

/** Whether a chart has a slider or another control, which its still drawing does not show. */
function hasControl(spec: unknown): boolean {
  return JSON.stringify(spec ?? null).includes('"bind":{"input"');
}

function captionHtml(alt: string, files: readonly string[]): string {
  const [first, ...others] = files;
  const link = (file: string, text: string) =>
    `<a href="${textHtml(file)}" download>${textHtml(text)}</a>`;
  const kind = (file: string) => file.slice(file.lastIndexOf(".") + 1).toUpperCase();
  const links =
    first === undefined
      ? ""
      : [link(first, first), ...others.map((file) => link(file, kind(file)))].join(" ");
  const words = `Enlarge: ${textHtml(alt)}`;
  return `<figcaption><span class="files">${links}</span><button type="button" class="enlarge" aria-label="${words}" hidden>Enlarge</button></figcaption>`;
}
