import type { GridStack } from "../../../lib/src/grid/grid";
import type { EvidenceDescription } from "../../../lib/src/manifest/evidence-layer";
import type { occurrenceGroups } from "../../../lib/src/patches/groups";
import type { Occurrence } from "../../../lib/src/study/types";
import type { PackContent } from "../packs/format";
import type { PackedDistrict } from "../protocol";

/** A district as the library takes it. */
export interface OpenDistrict {
  readonly district: PackedDistrict;
  /** The evidence, unscaled. */
  readonly stack: GridStack;
  readonly layers: readonly EvidenceDescription[];
  /** All, in the order of district.occurrences. */
  readonly occurrences: readonly Occurrence[];
  readonly pca: PackContent["pca"];
  /** What says how they are judged together. */
  readonly grouped: Parameters<typeof occurrenceGroups>[0];
}

/** The district of a pack. */
export function openDistrict(content: PackContent): OpenDistrict {
  const { district, occurrencesTitle, own, groups, crs, pca } = content;
  const { width, height, pixelSize, mainCommodity } = district;
  const [west, , , north] = district.region;
  const geometry = {
    ...{ width, height, crs },
    transform: [west, pixelSize, 0, north, 0, -pixelSize] as const,
  };
  const bands = district.layers.map(({ label }, layer) => ({
    ...{ name: label, geometry, values: content.layers[layer] },
  }));
  const occurrences = district.occurrences.map(
    ({ name, commodity, east, north: northing }): Occurrence => ({
      ...{ name, commodity, easting: east, northing },
    }),
  );
  const members = (places: readonly number[]) => places.map((place) => occurrences[place]);
  return {
    ...{ district, pca },
    stack: { geometry, bands },
    layers: district.layers.map((layer) => ({ ...layer, unit: layer.unit ?? "" })),
    occurrences,
    grouped: {
      ...{ occurrences: members(own), mainCommodity },
      ...(occurrencesTitle !== null && { occurrencesTitle }),
      groups: groups.map(({ id, title, members: places }) => ({
        ...{ id, title, occurrences: members(places) },
      })),
    },
  };
}
