import { readFileSync } from "node:fs";

/** What a page holds that others may link, and what it links. */
export interface PageLinks {
  readonly ids: ReadonlySet<string>;
  /** Addresses as they stand in the page, those of images and scripts too. */
  readonly addresses: readonly string[];
}

/** The ids and the links of a page as its file has them; what scripts make of it is not looked at. */
export function pageLinks(html: string): PageLinks {
  // Scripts and styles hold texts that only look like links; names that begin as "src" are kept apart.
  const tags = html
    .replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, "$1")
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, "")
    .match(/<[a-z][^>]*>/gi);
  const values = (name: string) =>
    (tags ?? []).flatMap((tag) =>
      [...tag.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map(([, value]) => plain(value)),
    );
  const addresses = ["href", "src"].flatMap(values).filter((each) => !each.startsWith("data:"));
  return { ids: new Set(values("id")), addresses };
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
