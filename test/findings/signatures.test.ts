import { describe, expect, it } from "vitest";
import type { MapPanel } from "../../lib/src/figures/map-panels";
import {
  driversText,
  type Signatures,
  signaturePanels,
  signatureRows,
  signatureSentences,
  signaturesOf,
} from "../../lib/src/findings/signatures";
import { gridOverRegion } from "../../lib/src/grid/grid";
import type { OccurrenceGroup } from "../../lib/src/patches/groups";
import { tilePatches } from "../../lib/src/patches/tile";

// Ten patches of one pixel in a row: 0 to 3 are prospective, 4 to 7 unlabelled, 8 and 9 background.
const region = { west: 0, south: 0, east: 10, north: 1 };
const geometry = gridOverRegion(region, 1, { epsg: 32648, name: "test" });
const values = Float32Array.from({ length: 10 }, (_, at) => at);
const bands = ["Au", "DTF"].map((name) => ({ name, geometry, values }));
const patches = tilePatches({ geometry, bands }, { size: 1 });

const cluster = (members: number[], centre: number[]) => ({
  ...{ members: Uint32Array.from(members), centre: Float64Array.from(centre), silhouette: 0.2 },
});
const whole = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
const found: Signatures = signaturesOf({
  ...{ patches, prospective: Uint32Array.of(3, 1, 0, 2) },
  unlabelled: Uint32Array.of(4, 5, 6, 7),
  clusters: {
    // Rows of the prospective patches: the first holds patches 3 and 1.
    clusters: [cluster([0, 1], [1.5, -2]), cluster([2, 3], [0.4, 0.1])],
    tried: [{ clusters: 2, silhouette: 0.2 }],
  },
  whole,
  without: [
    Float64Array.from(whole),
    // Without the second, patch 0 scores above two of four, patch 2 above none.
    Float64Array.of(0.35, 0.8, 0.05, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0),
  ],
  odd: Uint32Array.of(1),
  group: {
    title: "2 Au occurrences",
    assignment: { assigned: [{ patch: 0 }, { patch: 1 }], labels: new Uint8Array(10) },
  } as unknown as OccurrenceGroup,
  areaShare: 0.2,
  blocks: { seed: 1, blockSize: 1, resamples: 200 },
});

describe("signatures left out in turn", () => {
  const [first, second] = found.signatures;

  it("hold their patches, and the share of odd ones", () => {
    expect([...first.patches]).toEqual([1, 3]);
    expect([...second.patches]).toEqual([0, 2]);
    expect([first.oddShare, second.oddShare]).toEqual([0.5, 0]);
  });

  it("are judged against unlabelled ground by the others, worked by hand", () => {
    expect(first.byOthers.value).toBe(1);
    expect(second.byOthers.value).toBe(2 / 8);
  });

  it("say what the best ground of the map holds with and without them", () => {
    // A fifth of ten patches is two: 0 and 1 with all labels, 1 and 3 without the second's.
    expect(found.whole.value).toBe(1);
    expect(first.without).toMatchObject({ correlation: 1, occurrences: { value: 1 } });
    expect(second.without.occurrences.value).toBe(0.5);
  });

  it("are named by the layers that are furthest from the district", () => {
    expect(driversText(found, first)).toBe("DTF \u22122.0, Au +1.5");
    const rows = signatureRows(found) as { readonly [name: string]: unknown }[];
    expect(rows[1]).toMatchObject({ signature: 2, "% of occurrences in 20 %": 50 });
  });

  it("are mapped by the share of the ground that is ranked below", () => {
    const [map] = signaturePanels(found) as MapPanel[];
    // Patch 1 is the second of ten from above: 8.5 of 10 below; patch 0 is of another signature.
    expect(map.grid.values[1]).toBeCloseTo(0.85, 6);
    expect(map.grid.values[0]).toBeNaN();
  });

  it("are told by the one that the others know least", () => {
    const [which, what] = signatureSentences(found) as string[];
    expect(which).toContain("fall into 2 signatures, with a mean silhouette of 0.20. That is low");
    expect(which).toContain("**signature 2** (Au +0.4, DTF +0.1), with an AUC of 0.250");
    expect(which).toContain("Not told from unlabelled ground by the others: signature 2.");
    expect(what).toContain("holds 50.0 % of 2 Au occurrences, in place of 100.0 %");
  });
});
