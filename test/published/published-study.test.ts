import { describe, expect, it } from "vitest";
import type { EvidenceLayer } from "../../lib/src/manifest/evidence-layer";
import {
  besidePublished,
  hasPublishedLayers,
  layerOrder,
  missingLayers,
  ownHeading,
  publishedContributions,
  publishedStudy,
} from "../../lib/src/published/published-study";
import type { Study } from "../../lib/src/study/types";
import { mapPairRows } from "../../lib/src/tables/correlation";
import { publishedRanks } from "../../lib/src/tables/ranking";

/** A study with layers of these labels. */
function studyOf(...labels: string[]): Pick<Study, "evidence" | "kind"> {
  const evidence = labels.map((label) => ({ label }) as EvidenceLayer);
  return { evidence, kind: "synthetic" };
}

const paper = studyOf("As", "Ag", "Au", "Cu", "Sb", "DTF", "DTI", "PC1", "PC2");
const other = studyOf("DTF", "GRN");
const { table3ChannelAblation } = publishedStudy();
const { withoutChannel, matrix } = table3ChannelAblation;

describe("published numbers beside a study's own", () => {
  it("only for the paper's layers, in whatever order", () => {
    expect(hasPublishedLayers(paper)).toBe(true);
    expect(hasPublishedLayers({ evidence: [...paper.evidence].reverse() })).toBe(true);
    expect(hasPublishedLayers(other)).toBe(false);
    expect(hasPublishedLayers({ evidence: [...paper.evidence, ...other.evidence] })).toBe(false);
  });

  it("for some of the paper's layers the part that is of them, and what is missing", () => {
    const withoutFaults = studyOf("As", "Ag", "Au", "Cu", "Sb", "DTI", "PC1", "PC2");
    expect(hasPublishedLayers(withoutFaults)).toBe(true);
    expect(missingLayers(withoutFaults)).toEqual(["DTF"]);
    const labels = [...layerOrder(withoutFaults), "All"];
    expect(labels).toEqual(withoutChannel.filter((label) => label !== "DTF"));
    const published = { labels: withoutChannel, matrix };
    const beside = besidePublished(withoutFaults, labels, published).published;
    expect(beside?.labels).toEqual(labels);
    expect(beside?.heading).toBe("Published, Hezuo; here no DTF");
    // Printed in Table 3: without Ag against without DTI .898, without Sb against all .875.
    expect(beside?.matrix[labels.indexOf("Ag")][labels.indexOf("DTI")]).toBe(0.898);
    expect(beside?.matrix[labels.indexOf("All")][labels.indexOf("Sb")]).toBe(0.875);
    expect(Object.keys(publishedContributions(labels))).toEqual(labels.slice(0, -1));
  });

  it("in the order of Table 3", () => {
    expect([...layerOrder(paper), "All"]).toEqual(withoutChannel);
    expect(layerOrder(other)).toEqual(["DTF", "GRN"]);
  });

  it("with a difference where labels are the same, and else not at all", () => {
    const published = { labels: withoutChannel, matrix };
    expect(besidePublished(paper, withoutChannel, published)).toEqual({
      heading: "This study (synthetic)",
      published: { ...published, heading: "Published, Hezuo" },
      difference: "Difference",
    });
    expect(besidePublished(paper, ["2 epochs", "4 epochs"], published)).toEqual({});
    expect(besidePublished(other, withoutChannel, published)).toEqual({});
    expect(ownHeading({ kind: "real" })).toBe("This study");
  });

  it("rank the layers as the paper's text does: Au, Sb and Ag most, PC1, Cu and PC2 least", () => {
    const ranks = publishedRanks(publishedContributions());
    const order = Object.keys(ranks).sort((one, another) => ranks[one] - ranks[another]);
    expect(order).toEqual(["Au", "Sb", "Ag", "DTF", "DTI", "As", "PC2", "Cu", "PC1"]);
  });
});

describe("a table of pairs of maps", () => {
  const estimate = (value: number) => ({
    value,
    interval: [value - 0.1, value + 0.1] as const,
    confidence: 0.95,
  });
  const pairs = [
    { first: "a", second: "b", estimate: estimate(0.5) },
    { first: "a", second: "c", estimate: estimate(0.75) },
    { first: "b", second: "c", estimate: estimate(0.25) },
  ];

  it("has the published entries above the diagonal, row by row, and the difference", () => {
    const published = [
      [1, 0.25, 0.5],
      [0.25, 1, 0.75],
      [0.5, 0.75, 1],
    ];
    const rows = mapPairRows(pairs, published);
    expect(rows.map((row) => [row.published, row.difference])).toEqual([
      [0.25, 0.25],
      [0.5, 0.25],
      [0.75, -0.5],
    ]);
    expect(Object.keys(mapPairRows(pairs)[0])).toEqual([
      "first",
      "second",
      "this study",
      "from",
      "to",
    ]);
  });
});
