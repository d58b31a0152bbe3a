import type { Manifest } from "../manifest/manifest";

/** What stands above each field of a manifest that was written from files. */
const COMMENTS: Readonly<Record<keyof Manifest, readonly string[]>> = {
  title: [
    "Made by new-study; data/README.md explains each field. Mend by hand what it took wrong,",
    "then: npm run new-study -- NAME --check",
  ],
  kind: [],
  licence: ["On what terms the data may be used, and who made them: shown with every result."],
  source: [],
  crs: [],
  region: ["Edges of the study grid in CRS units, and the edge of a pixel."],
  pixelSize: [],
  area: [
    "The ground that the study speaks of; null for the whole region. Outside it all is nodata.",
  ],
  mainCommodity: [
    "The commodity that the study is about: the most frequent one, unless it was given.",
  ],
  files: [
    "SHA-256 of every input; --check --update-checksums writes them anew after a change on purpose.",
  ],
  occurrences: [],
  samples: [
    'What negative numbers and zeros mean is for you to say: "negative", "zero", "missing".',
  ],
  grids: [],
  vectors: [],
  drawn: ["Drawn over maps, in this order."],
  geology: [],
  zones: ["Parts fitted and reported apart, or null."],
  evidence: [
    '"favourable" is what you hold beforehand, "high" or "low"; null where nothing is held.',
    "Never set it by what the results say.",
  ],
};

/** The text of a manifest with comments, which its reader passes over. */
export function commentedManifest(manifest: Manifest): string {
  const fields = Object.entries(manifest).map(([field, value]) => {
    const comments = COMMENTS[field as keyof Manifest].map((comment) => `  // ${comment}\n`);
    const text = JSON.stringify(value, null, 2).replaceAll("\n", "\n  ");
    return `${comments.join("")}  ${JSON.stringify(field)}: ${text}`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}
