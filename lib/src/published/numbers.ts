import type { PublishedNumber } from "../tables/summary";
import { publishedStudy } from "./published-study";

/**
 * Every single number that the paper prints, in its order, with the key of the metric that stands
 * beside it. The entries of its tables beyond those here stand beside ours in notebooks 01 to 03.
 */
export function publishedNumbers(): PublishedNumber[] {
  const { studyArea, table2CaeStability, table3ChannelAblation, roc, cnn, previousStudyRfMaxent } =
    publishedStudy();
  const { deposits } = studyArea;
  const stability = table2CaeStability.matrix;
  const withAll = table3ChannelAblation.matrix[table3ChannelAblation.matrix.length - 1];
  const [west, east] = [cnn.bestAuWest, cnn.bestAuEast].map((words) => Number.parseInt(words, 10));
  const text = "text";
  return [
    {
      what: "stream-sediment samples",
      where: text,
      value: studyArea.streamSedimentSamples,
      key: "evidence.samples.n",
    },
    { what: "patches of 12 px", where: text, value: studyArea.patches12, key: "summary.patches" },
    { what: "occurrences in all", where: text, value: deposits.total, key: "summary.occurrences" },
    { what: "Au occurrences", where: text, value: deposits.Au, key: "summary.occurrences.main" },
    {
      what: "errors of reduced layers and 20 epochs, correlation",
      where: "Table 2",
      value: stability[0][1],
      key: "cae.stability.reducedAndBase",
    },
    {
      what: "errors of reduced layers and 100 epochs, correlation",
      where: "Table 2",
      value: stability[0][2],
      key: "cae.stability.reducedAndLong",
    },
    {
      what: "errors of 20 and 100 epochs, correlation",
      where: "Table 2",
      value: stability[1][2],
      key: "cae.stability.baseAndLong",
    },
    ...table3ChannelAblation.withoutChannel.slice(0, -1).map((channel, at) => ({
      what: `errors without ${channel} and with all, correlation`,
      where: "Table 3",
      value: withAll[at],
      key: `ablation.${layerIds[channel]}.correlationWithAll`,
    })),
    {
      what: "AUC of the reconstruction error, all occurrences",
      where: "Fig. 6",
      value: roc.allDepositsAllEvidenceAuc,
      key: "cae.error.auc.all",
    },
    {
      what: "loss of the classifier at the end",
      where: "Fig. 10",
      value: cnn.finalLossAbout,
      relation: "about",
      key: "summary.classifier.finalLoss",
    },
    {
      what: "accuracy of the classifier at the end",
      where: "Fig. 10",
      value: cnn.finalAccuracyAbove,
      relation: "above",
      key: "summary.classifier.finalAccuracy",
    },
    {
      what: "share of the area at probability 0.5",
      where: "Fig. 12",
      value: cnn.bestAreaShare,
      key: "summary.classifier.areaShare",
    },
    {
      what: "share of Au occurrences there",
      where: "Fig. 12",
      value: cnn.bestAuShare,
      key: "summary.classifier.mainShare",
    },
    {
      what: "Au occurrences there, west",
      where: "Fig. 13",
      value: west,
      key: "map.zone.West.Au.captured",
    },
    {
      what: "Au occurrences there, east",
      where: "Fig. 13",
      value: east,
      key: "map.zone.East.Au.captured",
    },
    {
      what: "share of the area newly delineated",
      where: text,
      value: cnn.newAreaShare,
      key: "targets.areaShare",
    },
    {
      what: `Au occurrences in ${100 * previousStudyRfMaxent.areaShare} % of the area by random forest`,
      where: "earlier study",
      value: previousStudyRfMaxent.AuShareAbove,
      relation: "above",
      key: "successRate.rf.main.shareAtEarlierArea",
    },
  ];
}

/** Layers of a study by the paper's names of its channels. */
const layerIds: Readonly<Record<string, string>> = {
  As: "arsenic",
  Ag: "silver",
  Au: "gold",
  Cu: "copper",
  Sb: "antimony",
  DTF: "distanceToFault",
  DTI: "distanceToIntrusion",
  PC1: "component1",
  PC2: "component2",
};
