import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { linksOfFile, type PageLinks } from "./linked";
import { isElsewhere } from "./links";

/**
 * Links of a built site that lead nowhere: to a file that is not there, out of the site's folder, or
 * to a place that a page does not have. Addresses elsewhere are not asked for, since nothing here needs
 * the open internet; what pages load by themselves has to be the site's own.
 *
 * @returns a line for each, with its page
 */
export function deadLinks(site: string): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html"))
    .sort()
    .map((name) => join(site, name));
  const known = new Map<string, PageLinks>();
  const linksOf = (path: string) => {
    const links = known.get(path) ?? linksOfFile(path);
    known.set(path, links);
    return links;
  };
  return pages.flatMap((page) =>
    linksOf(page).addresses.flatMap((address) => {
      const why = faultOf(site, page, address, linksOf);
      return why === null ? [] : [`${relative(site, page)}: ${address}: ${why}`];
    }),
  );
}

function faultOf(
  site: string,
  page: string,
  address: string,
  linksOf: (path: string) => PageLinks,
): string | null {
  if (isElsewhere(address)) {
    if (linksOf(page).loaded.includes(address)) return "loaded from elsewhere";
    return /^(https?|mailto):/.test(address) ? null : "neither the site's own nor https";
  }
  const [said, hash] = address.split("#");
  const path = said === "" ? page : join(dirname(page), decodeURIComponent(said));
  if (relative(site, path).startsWith("..")) return "outside the site";
  const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
  if (!existsSync(file)) return "there is no such file";
  if (hash === undefined || hash === "" || !file.endsWith(".html")) return null;
  return linksOf(file).ids.has(decodeURIComponent(hash)) ? null : "the page has no such place";
}
