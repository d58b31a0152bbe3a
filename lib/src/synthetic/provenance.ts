import type { District } from "./district";
import { PAPER_SIZE } from "./settings";

/** PROVENANCE.md of a generated district. */
export function provenanceOf({ options, sites, occurrences }: District): string {
  const { seed, occurrenceSeed = seed, size = PAPER_SIZE } = options;
  const from =
    options.occurrences === "anywhere"
      ? "anywhere in the region with equal chance (the mineralising process is switched off)"
      : "by the mineral system";
  return `# Provenance: generated, not measured

Everything in this folder was made by \`lib/src/synthetic\` from a seed. No part of it was observed;
the coordinates are made up and nothing is meant of the ground there. The folder is not kept under
version control: \`npm run setup\` makes it where it is missing.

- Seed of geology, sediment and laboratory: ${seed}. Seed of the occurrences: ${occurrenceSeed}, drawn ${from}.
- Pixel ${size.pixelSize} m, ${sites.length} samples, ${occurrences.length} occurrences.
- To make another: \`npm run synthetic -- --seed N --out NAME\`.

## The process

1. **Strata and thrust.** A wandering thrust strikes NW-SE and parts Carboniferous to Permian clastic
   rocks and carbonates (East) from Triassic marine clastic rocks (West); beds run parallel to it.
2. **Faults** strike NW-SE with lognormal lengths, some of them in a belt about the thrust. The
   thrust is the first line of faults.geojson.
3. **Intrusions.** Two large plutons and small ones in the East; in the West stocks and dykes above
   bodies that stay concealed and are in no file.
4. **Mineral system**, in no file: favourability = pathway (near faults and thrust, where they
   carried fluid) x heat (near the rims of intrusions, or above concealed ones) x host (the rock,
   raised beside carbonate contacts) x trap. Where faults carried fluid, and the trap, are random
   fields of their own that no evidence shows.
5. **Sediment.** Samples lie on a jittered lattice, in hollows. The amount of each element is its
   background, shifted by the rocks upstream and by regional, shared local and own local random
   fields, plus what the mineral system upstream sheds by the element's affinity. Amounts and an
   unmeasured remainder are closed to one whole.
6. **Laboratory.** Relative and absolute error, values below detection as \`<limit\`, three digits.
7. **Occurrences** are drawn from the mineral system and the rock, within the published counts by
   commodity and zone, at least 600 m apart.

Evidence and occurrences share causes; neither is computed from the other. Each part has its own
stream of random numbers: another seed of occurrences changes occurrences.geojson and nothing else
that evidence is made from.

## What was set to published numbers (Zhang et al. 2021), and what came out

| | |
| --- | --- |
| taken as published | 58 x 73 patches of 12 pixels of 50 m; 9,041 samples of 12 elements; 33 occurrences by commodity and zone, two of antimony in the south-west corner; NW-SE strike; what lies east and west of the thrust |
| calibrated to Table 1 | loadings, spreads and ranges of the random fields of the elements, so that the correlations of the evidence resemble Table 1 in sign and rank, over the first three seeds |
| chosen once, never revisited | all of steps 1 to 4 and 7, elements' affinities apart |
| came out | every correlation with a distance, every AUC, success rate and map. No constant was set by looking at how well occurrences are found |

The affinities scale how much metal sediment takes up; they were lowered together with the other
local spreads while the singularities were more alike than Table 1 has them.

AUCs of single layers had been looked at before the last round of this calibration. That round went
by correlations alone; it moved the barren local fields, the elements' own and copper's regional
loading, and left affinities and occurrences as they were. So nothing was set by an AUC, but the
constants that it moved were not chosen blind to them.

The seed of the default study is 1, the first; it was not picked among others.

Numbers are written with few digits, so that the last digits of sines and exponentials, which may
differ between versions of Node, seldom reach a file. The checksums in study.json are those of the
files beside it.
`;
}
