import { decode, encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { smallerPng } from "../../scripts/report/png";

/** A smooth hill in 256 colours, such as an interpolated map, with a transparent corner. */
function hill(width: number, height: number) {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    return x + y < 0.2 ? 0 : Math.round(127 + 90 * Math.sin(4 * x) * Math.cos(3 * y) + 30 * x * y);
  });
  const palette = Array.from({ length: 256 }, (_, at) => [at, 255 - at, 128, at === 0 ? 0 : 255]);
  return { width, height, data, channels: 1 as const, depth: 8 as const, palette };
}

describe("smallerPng", () => {
  it("keeps every pixel and colour of an indexed image, in much fewer bytes", () => {
    const image = hill(120, 90);
    const png = Buffer.from(encode(image, { zlib: { level: 9 } }));
    const smaller = smallerPng(png);
    expect(smaller.length).toBeLessThan(0.8 * png.length);
    // fast-png, which checks the sums of all chunks, decodes what this project filtered.
    const found = decode(smaller, { checkCrc: true });
    expect([...found.data]).toEqual([...image.data]);
    expect(found.palette).toEqual(image.palette);
  });

  it("leaves alone what it would not make smaller, and images of other kinds", () => {
    const smaller = smallerPng(Buffer.from(encode(hill(60, 40))));
    expect(smallerPng(smaller)).toBe(smaller);
    const colours = { width: 2, height: 1, data: new Uint8Array(6).fill(9), channels: 3 as const };
    const png = Buffer.from(encode({ ...colours, depth: 8 as const }));
    expect(smallerPng(png)).toBe(png);
  });
});
