import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentHtml } from "../../scripts/report/markdown";
import { buildPages } from "../../scripts/site/build-pages";
import { deadLinks } from "../../scripts/site/check-links";
import { listedNotebooks } from "../../scripts/site/executed";
import { pageLinks } from "../../scripts/site/linked";
import { siteLinks } from "../../scripts/site/links";
import { sitePages } from "../../scripts/site/pages";

const root = join(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "site-"));
const site = join(folder, "site");

beforeAll(async () => {
  const notebooks = listedNotebooks(root);
  await buildPages(root, site, { studies: [], notebooks, comparisons: [], extras: [] });
});

afterAll(() => rmSync(folder, { recursive: true }));

const page = (name: string) => readFileSync(join(site, name), "utf8");

describe("the site's pages", () => {
  it("have no link that leads nowhere, and load nothing from elsewhere", () => {
    expect(deadLinks(site)).toEqual([]);
  });

  it("are of every document, each under a title of its own", () => {
    const documents = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name.replaceAll("\\", "/")}`);
    const sources = sitePages.map(({ source }) => source);
    expect(documents.filter((name) => !sources.includes(name))).toEqual([]);
    const titles = sitePages.map((each) => /<title>(.*?)<\/title>/.exec(page(each.page))?.[1]);
    expect(new Set(titles).size).toBe(sitePages.length);
    for (const each of sitePages) {
      expect(page(each.page).match(/<h1\b/g), each.page).toHaveLength(1);
    }
  });

  it("can each be reached from the first", () => {
    const reached = new Set(["index.html"]);
    for (const name of reached) {
      for (const address of pageLinks(page(name)).addresses) {
        const [path] = address.split("#");
        const to = join(dirname(name), path).replaceAll("\\", "/");
        if (path.endsWith(".html") && sitePages.some((each) => each.page === to)) reached.add(to);
      }
    }
    expect(sitePages.map((each) => each.page).filter((name) => !reached.has(name))).toEqual([]);
  });

  it("say in the gallery that no notebook was executed, where none was", () => {
    expect(page("gallery.html")).toContain("<strong>No notebook has been executed</strong>");
    expect(page("gallery.html")).toContain('id="04-roc"');
  });
});

describe("a document", () => {
  it("has headings with the ids of a forge, the same title twice numbered", () => {
    const { html, title, headings } = documentHtml(
      "# Two `words`\n\n## What is *done*, with files?\n\n## Again\n\n## Again",
      (said) => said,
    );
    expect(title).toBe("Two words");
    // As GitHub makes them: lower case, punctuation dropped, blanks as dashes.
    expect(headings.map(({ id }) => id)).toEqual(["what-is-done-with-files", "again", "again-1"]);
    expect(html).toContain('<h2 id="again-1">');
  });

  it("has links, images and HTML lead where the site has what they name", () => {
    const files = new Set<string>();
    const from = { source: "docs/guide/teaching.md", page: "guide/teaching.html" };
    const target = siteLinks(root, from, sitePages, files);
    expect(target("../../CONVENTIONS.md#words")).toBe("../conventions.html#words");
    expect(target("../../notebooks/04-roc.ipynb")).toBe("../gallery.html#04-roc");
    expect(target("../../notebooks/method.json")).toBe("../files/notebooks/method.json");
    expect([...files]).toEqual(["notebooks/method.json"]);
    expect(target("#here")).toBe("#here");
    expect(target("https://example.org/a.md")).toBe("https://example.org/a.md");
    expect(() => target("nowhere.md")).toThrow(/nowhere\.md.*a document or file of the project/s);
    expect(() => target("../../../secret.md")).toThrow(/secret\.md/);
    const { html } = documentHtml('<img src="../figures/x.png"> ![y](z.png)', () => "moved");
    expect(html.match(/src="moved"/g)).toHaveLength(2);
  });
});

describe("the check of links", () => {
  const made = join(folder, "made");
  const write = (name: string, html: string) => {
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), html);
  };

  it("finds each kind of dead end, and nothing where there is none", () => {
    write("sub/b.html", '<h2 id="a &amp; b">x</h2>');
    write(
      "a.html",
      [
        '<p id="here"><a href="#here">a</a><a href="sub/b.html#a%20%26%20b">b</a></p>',
        '<a href="https://example.org">c</a><img src="data:image/png;base64,AA">',
        "<script>const text = '<a href=\"not-there.html\">';</script>",
      ].join(""),
    );
    expect(deadLinks(made)).toEqual([]);
    write(
      "c.html",
      '<a href="none.html">a</a><a href="#none">b</a><a href="sub/b.html#c">c</a><a href="../x">d</a><script src="https://example.org/x.js"></script><a href="javascript:void 0">e</a>',
    );
    expect(deadLinks(made)).toEqual([
      "c.html: none.html: there is no such file",
      "c.html: #none: the page has no such place",
      "c.html: sub/b.html#c: the page has no such place",
      "c.html: ../x: outside the site",
      "c.html: javascript:void 0: neither the site's own nor https",
      "c.html: https://example.org/x.js: loaded from elsewhere",
    ]);
  });
});
