import { expect, it } from "vitest";
import { VECTOR_METHODS, vectorEvidence } from "../../lib/src/import/vector-evidence";
import { origin } from "../../lib/src/manifest/origin-schemas";

it.each(VECTOR_METHODS)("new-study's %s comes with all that the manifest asks of it", (method) => {
  const layer = { name: "faults", lines: [], polygons: [], polygonProperties: [] };
  const wish = { path: "faults.shp", role: "other", methods: [method] } as const;
  const [made] = vectorEvidence(wish, layer, 100);
  expect(origin.safeParse(made.origin).error).toBeUndefined();
});
