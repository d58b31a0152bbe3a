import { inflateSync } from "node:zlib";
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { packedScript, packedSpecs } from "../../scripts/report/packed";
import { sharedDrawings } from "../../scripts/report/shared-drawings";

const png = encode({ width: 1, height: 1, data: new Uint8Array([7]), channels: 1, depth: 8 });
const url = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
/** A staircase: a path too long to be written twice. */
const outline = `M0,0${Array.from({ length: 90 }, (_, at) => `L${at + 1.5},${at}`).join("")}`;
const drawing = (more = "") =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="90" viewBox="0 0 90 90"><metadata>{}</metadata><image xlink:href="${url}" x="1" width="50" height="40" preserveAspectRatio="none"/><path d="${outline}" stroke="#ff0000"/>${more}</svg>`;

describe("drawings of a page", () => {
  const { drawings, store, images } = sharedDrawings([drawing(), drawing("<path d='M0,0h1v1z'/>")]);

  it("hold an image once, to which they refer at the size that each has it", () => {
    expect(store.match(/data:image\/png/g)).toHaveLength(1);
    expect(images.get(url)).toBe("image-0");
    for (const svg of drawings) {
      expect(svg).not.toContain("data:image");
      expect(svg).toMatch(/<use [^>]*href="#image-0"/);
      expect(svg).toContain('width="50"');
    }
  });

  it("hold a long path once, each with its own colours, and short ones where they are", () => {
    expect(store.match(/<path id="path-0" d="/g)).toHaveLength(1);
    for (const svg of drawings) expect(svg).toMatch(/<use stroke="red" href="#path-0"/);
    expect(drawings[1]).toContain("<path");
    // One drawing alone has nothing to share.
    const alone = sharedDrawings([drawing()]);
    expect(alone.store).not.toContain("path-0");
    expect(alone.drawings[0]).toMatch(/<path [^>]*d="[^"]{200}/);
  });

  it("leave the record of how a figure was made to its file", () => {
    expect(drawings[0]).not.toContain("metadata");
  });
});

describe("specifications of a page", () => {
  const overlay = { values: Array.from({ length: 60 }, (_, at) => ({ easting: at, name: "a<b" })) };
  const specs = [
    { data: overlay, url },
    { layer: [{ data: overlay }, { data: { path: outline } }] },
  ];

  it("are kept with what occurs twice once, and without images that the drawings hold", () => {
    const [shared, packed] = JSON.parse(packedSpecs(specs, new Map([[url, "image-0"]])));
    expect(shared).toEqual([overlay]);
    expect(packed).toEqual([
      { data: { $shared: 0 }, url: { $image: "image-0" } },
      { layer: [{ data: { $shared: 0 } }, { data: { path: outline } }] },
    ]);
  });

  it("stand in a script as zlib and base64, which nothing in them can end", () => {
    const html = packedScript("specs", "</script>");
    const [, data] = html.match(/^<script [^>]*id="specs">([A-Za-z0-9+/=]+)<\/script>$/) ?? [];
    expect(inflateSync(Buffer.from(data, "base64")).toString()).toBe("</script>");
  });
});
