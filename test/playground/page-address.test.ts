import { describe, expect, it } from "vitest";
import {
  addressEntries,
  type Setup,
  setupFrom,
  setupHash,
} from "../../scripts/playground/page/address";
import type { PlaygroundParameters } from "../../scripts/playground/protocol";
import { district, ownParameters } from "../support/three-layers";

const read = (hash: string) => setupFrom(addressEntries(hash), district);

describe("the address of a setup", () => {
  it("gives back every parameter and the way it is looked at", () => {
    const changes: Partial<PlaygroundParameters> = {
      ...{ layers: ["gold", "faults"], patchSize: 8, loss: "binaryCrossentropy" },
      ...{ learningRate: 0.0005, seed: 7, batchNormalisation: false, threshold: 0.25 },
      percentiles: [2, 98],
      filters: [32, 16],
      dropout: [0, 0.5],
      proportion: [0.1, 0.3],
    };
    const parameters = { ...ownParameters, ...changes };
    const looked = { map: "layer.faults", group: "main", ground: 0.125 } as const;
    const setup: Setup = { district: "small", parameters, ...looked };
    expect(read(setupHash(setup))).toEqual({ setup, notes: [] });
  });

  it("is read as a hand writes it, and all that it does not say is the district's own", () => {
    const { setup, notes } = read("#filters=32,16&epochs=50&map=error");
    expect(setup.parameters).toEqual({ ...ownParameters, filters: [32, 16], epochs: 50 });
    expect(setup.map).toBe("error");
    expect(notes).toEqual([]);
  });

  it("that is damaged says what it could not take, and the rest holds", () => {
    const { setup, notes } = read(
      "#epochs=many&filtres=8,4&seed=11&percentiles=98,2&map=layer.silver&ground=3&batchSize=%E0%A4%A",
    );
    expect(setup.parameters).toEqual({ ...ownParameters, seed: 11 });
    expect([setup.map, setup.ground]).toEqual(["layer.gold", 0.2]);
    expect(notes).toHaveLength(6);
    const all = notes.join("\n");
    expect(all).toContain('epochs: found "many"; expected 1 to 100000 epochs; 20 is taken.');
    expect(all).toContain("“filtres” is no parameter and is left out; nearest: filters.");
    expect(all).toContain("two percentiles, the lower first; 0,100 is taken");
    expect(all).toContain("“layer.silver” is none of this district");
    expect(all).toContain("ground: found “3”");
    expect(all).toContain("“batchSize=%E0%A4%A” could not be read");
  });

  it("names layers in any order; they are taken in the district's, which decides the bytes", () => {
    const { setup, notes } = read("#layers=faults,gold,silver");
    expect(setup.parameters.layers).toEqual(["gold", "faults"]);
    expect(notes).toEqual(["Layer “silver” is none of this district and is left out."]);
  });

  it("that names no layer of the district takes all, and says so", () => {
    const { setup, notes } = read("#layers=silver");
    expect(setup.parameters.layers).toEqual(ownParameters.layers);
    expect(notes.at(-1)).toBe("No layer of this district is named; all are taken.");
  });

  it("takes no value out of the method's range", () => {
    for (const bad of ["epochs=0", "filters=8", "filters=8,4.5", "loss=cosine", "dropout=0,1.5"]) {
      const { setup, notes } = read(`#${bad}`);
      expect(setup.parameters, bad).toEqual(ownParameters);
      expect(notes, bad).toHaveLength(1);
    }
  });
});
