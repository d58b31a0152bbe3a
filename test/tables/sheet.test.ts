import { expect, it } from "vitest";
import { sheetHtml } from "../../lib/src/tables/sheet";

const page = {
  heading: "Target 1 of 2",
  facts: [["Likest known", "A < B & C"]] as const,
  barsTitle: "Log odds",
  bars: [
    { name: "As", value: 2, text: "+2" },
    { name: "DTF", value: -1, text: "−1" },
  ],
  picture: "<svg></svg>",
  caution: "Check.",
};
const fonts = { regular: Uint8Array.of(1, 2, 3), semibold: Uint8Array.of(4) };
const sheet = { title: "Cards", source: "Study, synthetic data", pages: [page, page], fonts };

it("a sheet has a section a page, says its source on each, and asks for no other file", () => {
  const html = sheetHtml(sheet);
  expect(html.match(/<section>/g)).toHaveLength(2);
  expect(html.match(/Study, synthetic data/g)).toHaveLength(2);
  expect(html).toContain("size: A4");
  // 1, 2, 3 as base64.
  expect(html).toContain("url(data:font/ttf;base64,AQID)");
  expect(html).not.toMatch(/(src|href)="|url\((?!data:)/);
});

it("text is made safe, and the longest bar fills its half", () => {
  const html = sheetHtml(sheet);
  expect(html).toContain("A &lt; B &amp; C");
  expect(html).toContain('<i style="width:50.0%"></i>');
  expect(html).toContain('<i class="against" style="width:25.0%"></i>');
});

it("bars of nothing have no length", () => {
  const none = { ...page, bars: [{ name: "As", value: 0, text: "0" }] };
  expect(sheetHtml({ ...sheet, pages: [none] })).toContain("width:0.0%");
});
