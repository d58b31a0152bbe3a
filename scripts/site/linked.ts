import { readFileSync } from "node:fs";

/** What a page holds that others may link, and what it links. */
export interface PageLinks {
  readonly ids: ReadonlySet<string>;
  /** Addresses as they stand in the page, those that it loads too. */
  readonly addresses: readonly string[];
  /** Those that a browser asks for by itself: images, scripts, style sheets. */
  readonly loaded: readonly string[];
}

/** The ids and the links of a page as its file has them; what scripts make of it is not looked at. */
export function pageLinks(html: string): PageLinks {
  // Scripts and styles hold texts that only look like links; names that begin as "src" are kept apart.
  const tags = html
    .replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, "$1")
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, "")
    .match(/<[a-z][^>]*>/gi);
  const values = (name: string, of = /^</) =>
    (tags ?? [])
      .filter((tag) => of.test(tag))
      .flatMap((tag) => [...tag.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))])
      .map(([, value]) => plain(value))
      .filter((value) => !value.startsWith("data:"));
  const loaded = [...values("src"), ...values("href", /^<(link|image|use)\b/i)];
  const addresses = [...values("href"), ...loaded];
  return { ids: new Set(values("id")), addresses: [...new Set(addresses)], loaded };
}

/** The links of a page's file. */
export function linksOfFile(path: string): PageLinks {
  return pageLinks(readFileSync(path, "utf8"));
}

function plain(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
