import { inverseDistanceGrids } from "../../lib/src/evidence/inverse-distance";
import { principalComponents } from "../../lib/src/evidence/principal-components";
import { singularity, spacedWindows } from "../../lib/src/evidence/singularity";
import { stackOf } from "../../lib/src/evidence/stack";
import { distanceToPolygons, distanceToSegments } from "../../lib/src/grid/distance";
import { type GridStack, gridOverRegion } from "../../lib/src/grid/grid";
import { lineSegments } from "../../lib/src/grid/segments";
import type { District } from "../../lib/src/synthetic/district";
import { ELEMENTS } from "../../lib/src/synthetic/elements";
import { CRS, PAPER_SIZE, REGION } from "../../lib/src/synthetic/settings";

/** Reported values as numbers: 0.65 of the limit for those below it, as SPEC 2 has it. */
export function assays({ reported }: District): number[][] {
  return reported.map((values) =>
    values.map((text) => (text.startsWith("<") ? 0.65 * Number(text.slice(1)) : Number(text))),
  );
}

/** The nine evidence layers of the paper's Table 1, in its order, from what a survey hands over. */
export function evidenceOf(district: District): GridStack {
  const { sites, thrust, faults, intrusions, options } = district;
  const { pixelSize, samples } = options.size ?? PAPER_SIZE;
  const geometry = gridOverRegion(REGION, pixelSize, CRS);
  const values = assays(district);
  const parts = ELEMENTS.map(({ symbol }) => symbol);
  const { scores } = principalComponents({ parts, columns: values });
  const wanted = ["As", "Ag", "Au", "Cu", "Sb"];
  const [pc1, pc2, ...concentrations] = inverseDistanceGrids(
    {
      eastings: sites.map(({ easting }) => easting),
      northings: sites.map(({ northing }) => northing),
      columns: [...scores.slice(0, 2), ...wanted.map((symbol) => values[parts.indexOf(symbol)])],
    },
    geometry,
  );
  const area = (REGION.east - REGION.west) * (REGION.north - REGION.south);
  const windows = spacedWindows(area, samples);
  const band = (name: string, bandValues: Float32Array) => ({
    name,
    geometry,
    values: bandValues,
  });
  return stackOf([
    ...wanted.map((name, at) => {
      const grid = band(name, concentrations[at]);
      return band(name, singularity(grid, { windows }).enrichment);
    }),
    band("DTF", distanceToSegments(geometry, lineSegments([thrust, ...faults]))),
    band(
      "DTI",
      distanceToPolygons(
        geometry,
        intrusions.map(({ polygon }) => polygon),
      ),
    ),
    band("PC1", pc1),
    band("PC2", pc2),
  ]);
}
