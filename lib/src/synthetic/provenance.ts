import { BARREN, CENTRES } from "./constants";
import type { District } from "./district";
import { PAPER_SIZE } from "./settings";

/** PROVENANCE.md of a generated district. */
export function provenanceOf({ options, sites, occurrences, truth }: District): string {
  const centres = truth.system.centres.length;
  const { seed, occurrenceSeed = seed, size = PAPER_SIZE } = options;
  const from =
    options.occurrences === "anywhere"
      ? "anywhere in the region with equal chance (the mineralising process is switched off)"
      : "from the centres of the mineral system";
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
4. **Favourability**, in no file: pathway (near faults and thrust, where they carried fluid) x heat
   (near the rims of intrusions, or above concealed ones) x host (the rock, raised beside carbonate
   contacts) x trap. Where faults carried fluid, and the trap, are random fields of their own.
5. **Mineral system**, in no file: ${centres} centres, drawn by favourability and host rock within each
   deposit type's zone, at least 600 m apart. A centre c has a strength S, lognormal with spread
   ${CENTRES.strengthSpread} (log), a halo of e-folding length r about ${CENTRES.haloLength} m, and a signature s by
   element: that of its family (gold with arsenic and antimony; copper; polymetallic; iron; antimony),
   each element times a lognormal factor of spread ${CENTRES.signatureSpread}. Beside them ${BARREN.count} barren anomalies of
   one element each lie anywhere. A cell at distance d from each adds, in backgrounds of element e,

       h(e) = sum over c of S(c) s(c, e) exp(-d(c) / r(c))

6. **Sediment.** Samples lie on a jittered lattice, in hollows. With means taken over the cells
   upstream, which count exponentially less the farther they are, the amount of an element is

       a(e) = median(e) exp(rock + mafic + volatile + alteration + own + nugget) (1 + mean of h(e))

   Mafic and volatile are regional fields (volatile elements leak along faults and are driven out
   around intrusions), alteration and own local ones, nugget what differs between neighbours. Amounts,
   the unmeasured rest and sand that dilutes all of them are closed to one whole.
7. **Laboratory.** Relative and absolute error, values below detection as \`<limit\`, three digits.
8. **Occurrences**: of each deposit type as many centres as are published become known, drawn one
   after another without putting back, each with a chance in proportion to its strength. The strong are
   found first, but not always; ${centres - occurrences.length} of ${centres} stay undiscovered.

Evidence and occurrences share causes; neither is computed from the other. Each part has its own
stream of random numbers: another seed of occurrences changes occurrences.geojson and nothing else
that evidence is made from.

## What was set to what, and what came out

| | |
| --- | --- |
| taken as published (Zhang et al. 2021) | 58 x 73 patches of 12 pixels of 50 m; 9,041 samples of 12 elements; 33 occurrences by commodity and zone, two of antimony in the south-west corner; NW-SE strike; what lies east and west of the thrust; which elements go together in a deposit |
| calibrated on seeds 1 to 5 by what needs no occurrence | elements' loadings, spreads and ranges, sand, volatiles, signatures, strengths, halos and numbers of centres: to Table 1, to the tails of a real survey, and to how well errors of other epochs, architectures and layers agree (Tables 2 and 3) |
| chosen once, never revisited | strata, faults, intrusions, terrain, dispersal, laboratory, favourability, host rocks, the rule of discovery |
| came out | every AUC, success rate and map. No constant was set by looking at how well occurrences are found |

Table 1, mean over seeds 1 to 5: the 36 correlations differ from the published ones by 0.053 in the
mean and 0.151 at most; those of one district by 0.057 to 0.093 and 0.29 at most, since distances and
components follow the accidents of its geology.

Logarithms of concentration, mean over seeds 1 to 5, beside the stream sediments of Golden Triangle
(data/golden-triangle/PROVENANCE.md): standard deviation, skewness, kurtosis, largest over median.
Every element lies within the range of the real ones in skewness (-1.3 to 1.7), kurtosis (3.2 to 7.4)
and largest over median (16 to 897), but not each at its own: the real base metals have a tail to
the left, which these lack.

| | generated | real |
| --- | --- | --- |
| Au | 0.74, 0.9, 6.4, 310 | 1.01, 1.7, 7.4, 897 |
| As | 0.63, 1.0, 6.8, 116 | 1.15, -0.3, 4.2, 105 |
| Sb | 0.68, 0.8, 6.7, 175 | 1.09, 0.0, 3.2, 48 |
| Hg | 0.76, 0.3, 4.0, 100 | 0.96, -0.7, 3.7, 52 |
| Ba | 0.63, 0.2, 3.3, 27 | not told |
| Co | 0.75, 0.1, 3.6, 89 | 0.51, -1.3, 6.9, 22 |
| Cu | 0.58, 0.8, 6.3, 79 | 0.68, -0.8, 6.2, 44 |
| Pb | 0.54, 0.4, 4.3, 38 | 0.72, 0.6, 6.3, 132 |
| Zn | 0.54, 0.3, 4.7, 47 | 0.54, -0.2, 5.5, 16 |
| Ag | 0.55, 0.3, 5.3, 67 | 0.68, 1.7, 7.0, 390 |
| W | 0.52, 0.3, 5.0, 31 | not measured |
| Mo | 0.58, 0.2, 3.8, 41 | 0.75, 1.1, 5.8, 172 |

What districts of other seeds give, which the calibration has not seen, \`npm run synthetic -- --survey
20\` computes; data/published/synthetic-survey.json keeps it, and
docs/guide/reading-results.md and notebook 08 show it.

The seed of the default study is 1, the first; it was not picked among others.

Numbers are written with few digits, so that the last digits of sines and exponentials, which may
differ between versions of Node, seldom reach a file. The checksums in study.json are those of the
files beside it.
`;
}
