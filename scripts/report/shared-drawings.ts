import { optimize } from "svgo";
import { smallerPng } from "./png";

/** Drawings of a page, what several of them hold taken out and kept once. */
export interface SharedDrawings {
  /** In the order in which they were given. */
  readonly drawings: readonly string[];
  /** An SVG that shows nothing and holds what the drawings refer to. */
  readonly store: string;
  /** Element ids of the images in the store, by their data URLs as they were given. */
  readonly images: ReadonlyMap<string, string>;
}

const imageUrl = /data:image\/png;base64,[A-Za-z0-9+/=]+/g;
/** Shorter paths are not worth a reference. */
const longPath = /<path ([^>]*?)\bd="([^"]{200,})"([^>]*?)\/>/g;

/** Reports are written anew as notebooks end, each time with the drawings of those before. */
const compactedOnce = remembered(compacted);
const smallerOnce = remembered(smallerUrl);

/**
 * Drawings written shorter, to a hundredth of a pixel, and each image and each long path that occurs
 * again once in the page, from where `<use>` takes it: that needs no script.
 */
export function sharedDrawings(svgs: readonly string[]): SharedDrawings {
  const images = new Map<string, string>();
  const short = svgs.map((svg) => {
    const referring = svg.replace(imageUrl, (url) => {
      if (!images.has(url)) images.set(url, `image-${images.size}`);
      return `#${images.get(url)}`;
    });
    return compactedOnce(referring).replace(/<image ([^>]*?)(?:xlink:)?href=/g, "<use $1href=");
  });
  const counts = new Map<string, number>();
  for (const svg of short)
    for (const [, , path] of svg.matchAll(longPath)) counts.set(path, (counts.get(path) ?? 0) + 1);
  const repeated = [...counts].filter(([, count]) => count > 1).map(([path]) => path);
  const paths = new Map(repeated.map((path, at) => [path, `path-${at}`]));
  const drawings = short.map((svg) =>
    svg.replace(longPath, (whole, before, path, after) => {
      const id = paths.get(path);
      return id === undefined ? whole : `<use ${before}href="#${id}"${after}/>`;
    }),
  );
  return { drawings, store: storeOf(images, paths), images };
}

function storeOf(images: ReadonlyMap<string, string>, paths: ReadonlyMap<string, string>): string {
  // Stretched over whatever box refers to it, as the drawings stretch their images.
  const symbols = [...images].map(
    ([url, id]) =>
      `<symbol id="${id}" viewBox="0 0 1 1" preserveAspectRatio="none"><image width="1" height="1" preserveAspectRatio="none" href="${smallerOnce(url)}"/></symbol>`,
  );
  const shapes = [...paths].map(([path, id]) => `<path id="${id}" d="${path}"/>`);
  return `<svg class="store" width="0" height="0" aria-hidden="true">${symbols.join("")}<defs>${shapes.join("")}</defs></svg>`;
}

function smallerUrl(url: string): string {
  const [head, data] = url.split(",");
  return `${head},${smallerPng(Buffer.from(data, "base64")).toString("base64")}`;
}

/** A drawing without what only its file needs: record, words for each mark (the page names the whole). */
function compacted(svg: string): string {
  const { data } = optimize(svg, {
    floatPrecision: 2,
    plugins: [
      { name: "preset-default", params: { overrides: { cleanupIds: false } } },
      { name: "removeAttrs", params: { attrs: "*:(aria-.*|role|class|pointer-events)" } },
    ],
  });
  return data;
}

/** A function of one text that computes each result once. */
function remembered(compute: (text: string) => string): (text: string) => string {
  const results = new Map<string, string>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) return known;
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
