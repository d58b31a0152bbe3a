/**
 * Every constant of the generated district, those of elements apart (elements.ts). Marked
 * [published]: taken from Zhang et al. (2021); [calibrated]: set, over seeds 1 to 5, by numbers that
 * need no occurrence: the correlations of their Table 1, the tails of real concentrations and how
 * well error maps of other epochs, architectures and layers agree (PROVENANCE.md of a generated
 * district says what came out); all others are plain geological choices, made once. None was set by
 * looking at an AUC, a success rate or any other measure of how well occurrences are found.
 */

/** Strike of faults, thrust and strata in degrees from north: NW-SE [published]. */
export const STRIKE_DEGREES = 130;

/** Kinds of rock by how they react with ore fluids and what sediment they shed. */
export type RockClass = "clastic" | "carbonate" | "turbidite" | "granitoid";

/** A bed beside the thrust: width in metres, or to the end of the region. */
export interface Stratum {
  readonly name: string;
  readonly rock: RockClass;
  readonly width: number | null;
}

/** Carboniferous to Permian clastic rocks and carbonates in the east [published]. */
export const STRATA_EAST: readonly Stratum[] = [
  { name: "Lower Permian clastic rocks", rock: "clastic", width: 5500 },
  { name: "Permian carbonate rocks", rock: "carbonate", width: 3200 },
  { name: "Carboniferous clastic rocks", rock: "clastic", width: 5500 },
  { name: "Carboniferous carbonate rocks", rock: "carbonate", width: 3500 },
  { name: "Upper Permian clastic rocks", rock: "clastic", width: null },
];

/** Triassic marine clastic rocks in the west [published]. */
export const STRATA_WEST: readonly Stratum[] = [
  { name: "Lower Triassic marine clastic rocks", rock: "turbidite", width: 8500 },
  { name: "Middle Triassic marine clastic rocks", rock: "turbidite", width: 7500 },
  { name: "Upper Triassic marine clastic rocks", rock: "turbidite", width: null },
];

/** Where the thrust runs across the strike, and how it and the contacts wander, in metres. */
export const THRUST = { across: -3000, bend: 1100, bendRange: 5000, kink: 180, kinkRange: 900 };

/** Faults: how many, how far strikes spread (degrees), median length and its spread (log). */
export const FAULTS = {
  count: 64,
  strikeSpread: 11,
  medianLength: 5500,
  lengthSpread: 0.55,
  /** Share that lies within a belt about the thrust. */
  beltShare: 0.35,
  beltWidth: 4000,
};

/** Two large plutons in the east, as seen from the middle of the region [published: east, two]. */
export const LARGE_PLUTONS = [
  { name: "northern pluton", along: -10_500, across: 8500, length: 6200, width: 3400 },
  { name: "central pluton", along: 5500, across: 3600, length: 5200, width: 2700 },
];

/** Small plutons of the east, concealed bodies of the west and what rises from them. */
export const INTRUSIONS = {
  smallPlutons: 4,
  smallPlutonRadius: 1000,
  concealedBodies: 3,
  concealedRadius: 2200,
  stocks: 10,
  stockRadius: 380,
  dykes: 28,
  dykeLength: 1500,
  dykeWidth: 110,
  /** Scatter of stocks and dykes about the concealed body below them, in metres. */
  scatter: 2600,
};

/** Terrain: heights in metres, ranges in metres; only the way down matters. */
export const TERRAIN = { relief: 500, range: 4500, ridges: 160, ridgeRange: 1100 };

/** How far a stream carries sediment (e-folding length), and how far a path is followed. */
export const DISPERSAL = { length: 450, reach: 1500 };

/** Favourability: e-folding distances in metres, and how strongly each part counts. */
export const FAVOURABILITY = {
  faultReach: 450,
  thrustReach: 1500,
  thrustWeight: 0.6,
  contactReach: 1000,
  concealedReach: 1800,
  concealedWeight: 0.8,
  reactiveContactReach: 350,
  /** Parts of a fault carried fluid and others did not: range of that field in metres. */
  permeabilityRange: 3000,
  /** The trap, which no map shows: range in metres and spread (log). */
  trapRange: 700,
  trapSpread: 0.9,
};

/** How well each kind of rock holds metal. */
export const HOST: Readonly<Record<RockClass, number>> = {
  carbonate: 0.9,
  turbidite: 0.7,
  granitoid: 0.6,
  clastic: 0.5,
};

/** Which deposits there are, where, and in what rocks they like to sit. */
export interface DepositType {
  readonly commodity: string;
  readonly code: string;
  readonly family: FamilyName;
  readonly count: number;
  readonly zone?: "East" | "West";
  /** Within so many metres of the region's south-west corner. */
  readonly southWestReach?: number;
  readonly hosts: Readonly<Record<RockClass, number>>;
}

/** Counts by commodity and zone [published]; hosts after the paper's description. */
export const DEPOSITS: readonly DepositType[] = [
  {
    commodity: "Au",
    code: "AuE",
    family: "gold",
    count: 12,
    zone: "East",
    hosts: { granitoid: 1, carbonate: 1, clastic: 1, turbidite: 1 },
  },
  {
    commodity: "Au",
    code: "AuW",
    family: "gold",
    count: 6,
    zone: "West",
    hosts: { granitoid: 0.5, carbonate: 1, clastic: 1, turbidite: 1 },
  },
  {
    commodity: "Cu",
    code: "Cu",
    family: "copper",
    count: 7,
    hosts: { granitoid: 1, carbonate: 2, clastic: 0.5, turbidite: 0.25 },
  },
  {
    commodity: "Fe",
    code: "Fe",
    family: "iron",
    count: 3,
    hosts: { granitoid: 0.5, carbonate: 2, clastic: 0.5, turbidite: 0.1 },
  },
  {
    commodity: "Sb",
    code: "SbSW",
    family: "antimony",
    count: 2,
    southWestReach: 12_000,
    hosts: { granitoid: 0.2, carbonate: 1, clastic: 1, turbidite: 1 },
  },
  {
    commodity: "Sb",
    code: "Sb",
    family: "antimony",
    count: 1,
    hosts: { granitoid: 0.2, carbonate: 1, clastic: 1, turbidite: 1 },
  },
  {
    commodity: "polymetallic",
    code: "PM",
    family: "polymetallic",
    count: 2,
    hosts: { granitoid: 1, carbonate: 1, clastic: 1, turbidite: 1 },
  },
];

/** Families of deposits by the elements that they bring. */
export type FamilyName = "gold" | "copper" | "polymetallic" | "iron" | "antimony";

/**
 * What a centre of median strength adds at its middle, in backgrounds of each element. Which
 * elements go together is of the deposit types [published: gold with arsenic and antimony, copper
 * and iron skarns, antimony, polymetallic veins]; how much is [calibrated]. Iron is not measured, so
 * iron skarns show by what comes with it.
 */
export const SIGNATURES: Readonly<Record<FamilyName, Readonly<Record<string, number>>>> = {
  gold: { Au: 8, As: 2.5, Sb: 3, Hg: 2, W: 1 },
  copper: { Cu: 4, Ag: 1.5, Mo: 3, W: 2, Au: 1, As: 2.5, Co: 0.5 },
  polymetallic: { Ag: 6, Pb: 5, Zn: 4, Cu: 2, As: 2, Sb: 2 },
  iron: { Co: 3, Cu: 3, Zn: 2, Mo: 1.5, Ag: 1 },
  antimony: { Sb: 10, Hg: 4, As: 3, Au: 2, Ag: 0.5 },
};

/** Centres of mineralisation [calibrated]. */
export const CENTRES = {
  /** Centres for each occurrence that is known: some 150 in all, most of them undiscovered. */
  perOccurrence: 4.5,
  /** Spread of strength (log): heavy-tailed, median 1. */
  strengthSpread: 1.3,
  /** Median e-folding length of the halo in metres, and its spread (log). */
  haloLength: 200,
  haloSpread: 0.3,
  /** By how much each element of a centre's signature differs from its family's (log). */
  signatureSpread: 1,
};

/** Anomalies of one element each that no deposit made: seams, gossans, waste [calibrated]. */
export const BARREN = {
  count: 300,
  /** Backgrounds added at the middle at median strength. */
  enrichment: 5,
  strengthSpread: 1.3,
  haloLength: 200,
  haloSpread: 0.3,
};

/** Least distance between two occurrences: 600 m, the extent of one in the paper [published]. */
export const OCCURRENCE_SPACING = 600;
