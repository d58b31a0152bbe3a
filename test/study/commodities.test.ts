import { describe, expect, it } from "vitest";
import { listedCommodities, mainOf } from "../../lib/src/study/commodities";
import { loadStudy } from "../../lib/src/study/load";
import { refusalOf } from "../support/refusal";
import { rightStudy, writeStudy } from "../support/study-folder";

// By hand, from the ways in which registers of occurrences write them.
describe("lists of commodities in one cell", () => {
  it.each([
    ["AU|AG|PB|ZN|CU", ["Au", "Ag", "Pb", "Zn", "Cu"]],
    ["Au, Cu", ["Au", "Cu"]],
    ["Au-Ag", ["Au", "Ag"]],
    ["Pb Zn", ["Pb", "Zn"]],
    ["Cu/Mo; Au + Ag", ["Cu", "Mo", "Au", "Ag"]],
    ["Au, AU", ["Au"]],
    ["iron ore", ["iron ore"]],
    ["rare earths - heavy", ["rare earths - heavy"]],
    ["Gold, iron ore", ["Gold", "iron ore"]],
    ["co", ["Co"]],
    ["Fe", ["Fe"]],
  ])("%s", (cell, listed) => {
    expect(listedCommodities(cell)).toEqual(listed);
  });

  it("count as the one asked for, else as their first", () => {
    expect(mainOf(["Ag", "Au"], "Au")).toBe("Au");
    expect(mainOf(["Ag", "Pb"], "Au")).toBe("Ag");
  });
});

describe("a study's occurrences", () => {
  const points = (properties: readonly Record<string, unknown>[]) =>
    JSON.stringify({
      type: "FeatureCollection",
      features: properties.map((all, at) => ({
        type: "Feature",
        properties: { id: `p${at}`, ...all },
        geometry: { type: "Point", coordinates: [50 + 100 * at, 50] },
      })),
    });

  function study(occurrences: object) {
    const { manifest, files } = rightStudy();
    const input = { format: "geojson", file: "points.geojson", name: "id", ...occurrences };
    const text = points([
      { what: "AG|AU", status: "mine", placer: 0 },
      { what: "CU", status: "showing", placer: 0 },
      { what: "AU", status: "showing", placer: 1 },
    ]);
    const changed = { ...manifest, occurrences: input };
    return writeStudy({ manifest: changed, files: { ...files, "points.geojson": text } });
  }

  it("list all commodities, and count as the study's where they have it", async () => {
    const { occurrences } = await loadStudy(study({ commodity: "what" }));
    expect(occurrences.map(({ commodity }) => commodity)).toEqual(["Au", "Cu", "Au"]);
    expect(occurrences[0].commodities).toEqual(["Ag", "Au"]);
    expect(occurrences[1].commodities).toBeUndefined();
  });

  it("are those that the manifest is about, with groups of any", async () => {
    const loaded = await loadStudy(
      study({
        commodity: "what",
        ...{ title: "lode gold", where: { placer: [0] } },
        groups: [
          { id: "mines", title: "mines", where: { placer: [0], status: ["mine"] } },
          { id: "placers", title: "placers", where: { placer: [1] } },
        ],
      }),
    );
    expect(loaded.occurrences.map(({ name }) => name)).toEqual(["p0", "p1"]);
    expect(loaded.occurrencesTitle).toBe("lode gold");
    expect(loaded.groups.map(({ id, occurrences: [one] }) => [id, one.name])).toEqual([
      ["mines", "p0"],
      ["placers", "p2"],
    ]);
  });

  it("a group that holds nothing is refused, with what there is; so is an id of ours or one twice", async () => {
    const group = { id: "mines", title: "mines", where: { status: ["Mine"] } };
    expect(await refusalOf(() => loadStudy(study({ groups: [group] })))).toMatchObject({
      file: "points.geojson",
      field: "occurrences.groups[0].where",
      expected: 'values that occurrences have; "status" is mine, showing',
    });
    for (const groups of [[{ ...group, id: "all" }], [group, group]]) {
      expect(await refusalOf(() => loadStudy(study({ groups })))).toMatchObject({
        field: "occurrences.groups.id",
      });
    }
  });
});
