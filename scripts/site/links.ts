import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { InputError } from "../../lib/src/errors";
import type { SitePage } from "./pages";

/** Whether an address leads out of the site, or stays on its page. */
export function isElsewhere(address: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address);
}

/**
 * Where a document's links lead on the site: to a document that is a page, by its page; to a notebook,
 * by its place in the gallery; to any other file, by a copy of it below files/.
 *
 * @param files from the project's folder, to which those that have to be copied are added
 * @returns the address for the page, of what the document says
 * @throws InputError where a document links what the project does not have
 */
export function siteLinks(
  root: string,
  { source, page }: Pick<SitePage, "source" | "page">,
  pages: readonly SitePage[],
  files: Set<string>,
): (said: string) => string {
  const from = posix.dirname(page);
  return (said) => {
    if (isElsewhere(said) || said.startsWith("#")) return said;
    const [path, hash] = said.split("#");
    const linked = posix.normalize(posix.join(posix.dirname(source), decodeURI(path)));
    const [to, place = hash] = placeOf(root, source, said, linked, pages, files);
    return `${posix.relative(from, to) || posix.basename(to)}${place === undefined ? "" : `#${place}`}`;
  };
}

function placeOf(
  root: string,
  source: string,
  said: string,
  linked: string,
  pages: readonly SitePage[],
  files: Set<string>,
): [string, string?] {
  const known = pages.find((each) => each.source === linked);
  if (known !== undefined) return [known.page];
  const [, notebook] = /^notebooks\/(\d\d-[\w-]+)\.ipynb$/.exec(linked) ?? [];
  const path = join(root, linked);
  if (linked.startsWith("..") || !existsSync(path) || !statSync(path).isFile()) {
    throw new InputError({
      kind: "missing-file",
      file: source,
      field: "link",
      found: said,
      expected: "a document or file of the project",
      remedy: "Correct the link, or take it away.",
    });
  }
  if (notebook !== undefined) return ["gallery.html", notebook];
  files.add(linked);
  return [`files/${linked}`];
}
