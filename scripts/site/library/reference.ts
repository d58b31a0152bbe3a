import { type PublicName, publicNames } from "../../library-page";
import { codeHtml, markdownHtml, textHtml } from "../../report/markdown";
import type { SiteContent } from "../page-html";
import { type Declaration, declarationIn } from "./declarations";
import { docstring } from "./docstring";

/**
 * The library's reference: every public name with its docstring whole, how it is called, and the
 * types that it takes where the index does not export these themselves.
 *
 * @param script finds names as they are typed; the page can be read without
 */
export function libraryReference(root: string, script: string): SiteContent {
  const names = publicNames(root);
  const rooms = [...new Set(names.map(({ room }) => room))];
  const known = new Set(names.map(({ name }) => name));
  const sections = rooms.map((room) => {
    const entries = names
      .filter((each) => each.room === room)
      .map((each) => entryHtml(each, known));
    return `<section class="room" aria-labelledby="room-${room}"><h2 id="room-${room}">${room}</h2>\n${entries.join("\n")}</section>`;
  });
  const html = `<h1>The library</h1>
<p>What <code>import { ... } from "prospectivity"</code> offers, ${names.length} names by room of <code>lib/src</code>, each with its docstring: meaning, shapes, units, errors, sources. What several names take for granted, such as the order of pixels, stands in the <a href="conventions.html">conventions</a>.</p>
<form class="find" role="search" hidden><label for="find">Find</label> <input id="find" type="search" autocomplete="off" spellcheck="false"> <output for="find"></output></form>
${sections.join("\n")}
<script>${script}</script>`;
  return {
    title: "Library",
    html,
    headings: rooms.map((room) => ({ id: `room-${room}`, title: room })),
  };
}

function entryHtml({ name, isType, path }: PublicName, known: ReadonlySet<string>): string {
  const declaration = declarationIn(path, name);
  if (declaration === null) throw new Error(`${name} is not declared in ${path}`);
  const { text, parameters, returns, throws } = docstring(declaration.comment);
  const list = [
    ...parameters.map((each) => [`<code>${textHtml(each.name)}</code>`, each.text]),
    ...(returns === null ? [] : [["Gives", returns]]),
    ...throws.map((said) => ["Throws", said]),
  ].map(([term, said]) => `<dt>${term}</dt><dd>${markdownHtml(said)}</dd>`);
  const kind = isType ? " <small>type</small>" : "";
  return `<article class="name" id="${name}"><h3>${name}${kind}</h3>
${markdownHtml(text)}${list.length === 0 ? "" : `<dl>${list.join("")}</dl>`}
${codeBlock(declaration.code, name, known)}${takenTypes(declaration, known)}</article>`;
}

/** Types that are named and not public, which a reader meets nowhere else. */
function takenTypes({ named }: Declaration, known: ReadonlySet<string>): string {
  const types = named.flatMap(({ name, path }) => {
    const found = known.has(name) ? null : declarationIn(path, name);
    return found === null ? [] : [{ name, code: [found.comment, found.code].join("\n").trim() }];
  });
  if (types.length === 0) return "";
  const words = types.map(({ name }) => `<code>${name}</code>`).join(", ");
  const blocks = types.map(({ name, code }) => codeBlock(code, name, known));
  return `<details><summary>${words}</summary>${blocks.join("")}</details>`;
}

/** Code with its public names as links. */
function codeBlock(code: string, own: string, known: ReadonlySet<string>): string {
  const html = codeHtml(code).replace(/(<[^>]*>)|([A-Za-z]\w*)/g, (whole, tag, word) =>
    tag === undefined && word !== own && known.has(word) && !/^[a-z]+$/.test(word)
      ? `<a href="#${word}">${word}</a>`
      : whole,
  );
  return `<pre tabindex="0"><code>${html}</code></pre>`;
}
