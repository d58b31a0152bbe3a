import { describe, expect, it } from "vitest";
import { colourScale } from "../../lib/src/figures/colour-scale";
import { qgisStyle } from "../../lib/src/figures/qgis-style";
import type { Grid } from "../../lib/src/grid/grid";

function grid(...values: number[]): Grid {
  const crs = { epsg: 32750, name: "UTM zone 50 south" };
  const geometry = {
    ...{ width: values.length, height: 1, crs },
    transform: [0, 1, 0, 0, 0, -1] as const,
  };
  return { name: "score", geometry, values: Float32Array.from(values) };
}

function stops(style: string): { value: number; colour: string }[] {
  const items = style.matchAll(/<item alpha="255" value="([^"]+)" .*color="(#[0-9a-f]{6})"\/>/g);
  return [...items].map(([, value, colour]) => ({ value: Number(value), colour }));
}

describe("qgisStyle", () => {
  it("runs from viridis' first colour to its last over the domain given", () => {
    const all = stops(qgisStyle(grid(0.2, Number.NaN, 0.4), { domain: [0, 1] }));
    // The ends of viridis as its authors publish them (matplotlib, CC0).
    expect(all[0]).toEqual({ value: 0, colour: "#440154" });
    expect(all.at(-1)).toEqual({ value: 1, colour: "#fde725" });
    expect(all.length).toBe(33);
  });

  it.each([
    ["log", [1, 10, 100, 1000]],
    ["quantile", [3, 1, 1, 1, 2, 8, 5, 1]],
  ] as const)("its stops are the figure's: %s", (stretch, values) => {
    const colours = { stretch, scheme: "magma" } as const;
    const scale = colourScale(values, colours);
    const all = stops(qgisStyle(grid(...values), colours));
    expect(all[0].value).toBe(Math.min(...values));
    expect(all.at(-1)?.value).toBeCloseTo(Math.max(...values), 9);
    all.forEach(({ value }, at) => {
      if (at > 0) expect(value).toBeGreaterThan(all[at - 1].value);
    });
    if (stretch === "log") {
      all.forEach(({ value }, at) => {
        expect(scale.position(value)).toBeCloseTo(at / 32, 9);
      });
    }
  });

  it("is a style of the kind that QGIS draws as single-band pseudo-colour", () => {
    const style = qgisStyle(grid(0, 1));
    expect(style).toContain('<rasterrenderer type="singlebandpseudocolor" band="1"');
    expect(style).toContain('<colorrampshader colorRampType="INTERPOLATED"');
  });
});
