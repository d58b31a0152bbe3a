/** What notebooks, scripts and users of the package call, by room; docs/library.md tells of each. */
export { layerAucs } from "./baselines/layer-scores";
export { contrastOf, patternWeights } from "./comparators/evidence-weights";
export { patchFeatures, pixelFeatures } from "./comparators/features";
export { fitWeightsOfEvidence, posteriorOf } from "./comparators/weights-of-evidence";
export { isolationScores } from "./detectors/isolation-forest";
export { neighbourDistances } from "./detectors/nearest-neighbours";
export { oneClassSvmScores } from "./detectors/one-class-svm";
export { bulkConstants, robustDistances } from "./detectors/robust-distance";
export type { FittedDetector } from "./detectors/rows";
export { InputError } from "./errors";
export { mapCorrelation } from "./evaluation/block-bootstrap";
export { calibration } from "./evaluation/calibration";
export { captureCurve } from "./evaluation/capture";
export { correlationMatrix, pearson } from "./evaluation/correlation";
export { compareAucs } from "./evaluation/delong";
export { describeValues, quantileOfSorted } from "./evaluation/describe";
export { precisionRecallCurve } from "./evaluation/precision-recall";
export { predictionArea, predictionAreaAt } from "./evaluation/prediction-area";
export { randomOccurrences } from "./evaluation/random-occurrences";
export { midRanks } from "./evaluation/ranks";
export { areaUnderRoc } from "./evaluation/roc";
export { inverseDistanceAt } from "./evidence/inverse-distance";
export { krigingAt } from "./evidence/kriging";
export { samplePixels } from "./evidence/sample-pixels";
export { areaOverlay } from "./figures/area-overlay";
export { biplot } from "./figures/biplot";
export { correlationHeatmap } from "./figures/correlation-heatmap";
export { criticalDifferencePlot } from "./figures/critical-difference";
export { saveFigure } from "./figures/export";
export type { Figure } from "./figures/figure";
export { geologyMap } from "./figures/geology-map";
export { histogram } from "./figures/histogram";
export { histogramMap } from "./figures/histogram-map";
export { importancePlot } from "./figures/importance-plot";
export { intervalPlot } from "./figures/interval-plot";
export { learningCurves } from "./figures/learning-curves";
export { type MapPanel, mapPanels } from "./figures/map-panels";
export { predictionAreaPlot } from "./figures/prediction-area";
export { rankPlot } from "./figures/rank-plot";
export { rasterMap } from "./figures/raster-map";
export { reconstructionPanels } from "./figures/reconstruction-panels";
export { reliabilityCurves } from "./figures/reliability-curves";
export { reliabilityPlot } from "./figures/reliability-plot";
export { responseCurvesPlot } from "./figures/response-curves";
export { comparedRocs, rocComparison } from "./figures/roc-comparison";
export { rocCurves } from "./figures/roc-curves";
export {
  geologyLayers,
  occurrencesOverlay,
  studyOverlay,
  zonedOccurrencesOverlay,
} from "./figures/study-overlay";
export { successRateCurves } from "./figures/success-rate-curves";
export { successRatePanels } from "./figures/success-rate-panels";
export { targetOverlay } from "./figures/target-overlay";
export { thresholdMap } from "./figures/threshold-map";
export { valuePlot } from "./figures/value-plot";
export { variogramPlot } from "./figures/variogram-plot";
export {
  attributionEstimates,
  attributionRows,
  attributionSentences,
} from "./findings/attribution";
export { attributionCheckRows, attributionCheckSentences } from "./findings/attribution-checks";
export { directionRows, directionSentence } from "./findings/attribution-directions";
export {
  capturedByZoneRows,
  captureSentence,
  newGroundSentence,
  publishedZonesSentence,
} from "./findings/capture";
export {
  coherenceEstimates,
  coherenceRows,
  coherenceSentence,
} from "./findings/coherence";
export { componentSentence } from "./findings/components";
export {
  ablationRows,
  besideTable3,
  contributionRows,
  contributionSentences,
  firstBySeedRows,
  rankCorrelationRows,
  rankedLayers,
  sameHighestRows,
  withAllRows,
  withAllSentences,
} from "./findings/contributions";
export {
  agreementCaution,
  besideTable1,
  correlationRows,
  frameSentence,
  table1AgreementSentence,
  table1Rows,
  weakPairsSentence,
} from "./findings/correlation";
export { detectorSettingRows, detectorSettingSentences } from "./findings/detector-settings";
export { dropoutPanels, dropoutRows, dropoutSentences } from "./findings/dropout-spread";
export {
  ensemblePanels,
  ensembleRows,
  ensembleSentences,
  ensembleStack,
} from "./findings/ensemble";
export {
  gainRows,
  gainSentences,
  mapStabilityRows,
  mapStabilitySentence,
} from "./findings/ensemble-gain";
export { errorAttributionRows, errorAttributionSentences } from "./findings/error-attribution";
export {
  evidenceWeightRows,
  evidenceWeightSentences,
  independenceRows,
  posteriorPanels,
} from "./findings/evidence-weights";
export { foldRows, foldSentence } from "./findings/folds";
export {
  calibrationCurves,
  calibrationRows,
  heldOutSentences,
} from "./findings/held-out-calibration";
export {
  elementColours,
  elementStack,
  krigingSentence,
  neighbourRows,
} from "./findings/interpolation";
export {
  clippedSentence,
  firstLayerTurned,
  holdingHalfSentence,
  layerAreaRows,
  layerCaptureRows,
  layerEstimates,
  layerSuccessRates,
  oneOccurrenceSentence,
  placesSentence,
  turnedSentence,
} from "./findings/layers";
export type { Measured, Metrics } from "./findings/measured";
export { adviceRows } from "./findings/method-advice";
export { benchmarkRows, benchmarkSentence } from "./findings/method-benchmark";
export {
  methodRanks,
  surveyedDistrict,
  surveyRankRows,
  surveySentences,
} from "./findings/method-survey";
export { methodTestRows, methodTestSentences, methodTests } from "./findings/method-tests";
export {
  type MethodComparison,
  methodEstimates,
  methodRows,
  optimismSentence,
} from "./findings/methods";
export { mutualRows, mutualSentences } from "./findings/mutual-prediction";
export {
  occurrenceCoherenceSentence,
  occurrencePredictionRows,
} from "./findings/occurrence-coherence";
export { singlePatchSentence, sizeRows } from "./findings/patch-sizes";
export { calibrationSentence, proportionSentence, trainingSentence } from "./findings/proportions";
export { reliabilitySentence } from "./findings/reliability";
export {
  returnFeatures,
  returnGrid,
  returnRows,
  returnSentences,
} from "./findings/returning-targets";
export {
  ablationTestRows,
  ablationTestSentence,
  aucEstimates,
  baselineSentence,
  baselineTestRows,
  groupSentences,
  layersAlone,
  paperFigure,
  rocHeadlineRows,
  rocRankSentences,
  rocSentence,
} from "./findings/roc";
export { studySentence } from "./findings/samples";
export { comparedScalingRows, scalingSentence } from "./findings/scaling";
export { signaturePanels, signatureRows, signatureSentences } from "./findings/signatures";
export {
  alikeSentence,
  besideTable2,
  stabilityRows,
  stabilitySentences,
} from "./findings/stability";
export { studyRankRows } from "./findings/study-ranks";
export {
  areaEstimates,
  areaRows,
  atThresholdRows,
  bestLayerSentence,
  captureInSentence,
  comparedFlatteryRows,
  crossingRows,
  fittedModelsOf,
  flatterySentence,
  headlineSentence,
  judgedSentences,
  outOfSampleSentence,
  ownFlatteryRows,
  stepRows,
  successRateCurvesOf,
} from "./findings/success-rate";
export {
  halfWidthSentence,
  leastStableRows,
  notVariedSentence,
  sensitivityEstimates,
  sensitivitySentence,
  stricterSentence,
  surveyBeside,
  surveyBesideRows,
  surveySentence,
  withinSentence,
} from "./findings/summary";
export {
  targetCardFeatures,
  targetCardRows,
  targetCardSentences,
} from "./findings/target-card-rows";
export { targetCardFigures } from "./findings/target-figures";
export { targetPixelsFigure } from "./findings/target-pixels";
export { targetSheet } from "./findings/target-sheet";
export {
  firstTargetRows,
  keptSentence,
  targetFeatures,
  targetSentence,
  targetsByThresholdRows,
  targetsOn,
} from "./findings/targets";
export { sourcePanels, sourceRows, sourceScale, sourceSentences } from "./findings/variance-told";
export {
  variantHeadlineFigure,
  variantLearning,
  variantRocs,
  variantSuccessRates,
} from "./findings/variant-figures";
export {
  differenceMaps,
  leftOutSentence,
  rankMaps,
  variantAgreement,
} from "./findings/variant-maps";
export {
  errorHeadlineRows,
  mapHeadlineRows,
  variantBaselineRows,
  variantRows,
  variantTestRows,
  variantTimeRows,
} from "./findings/variant-rows";
export {
  alikeVariantsSentence,
  choiceCaution,
  comparedSentence,
  lossCaution,
  variantCautions,
} from "./findings/variant-sentences";
export {
  seedSentences,
  verdictSentences,
  withoutNetworkSentence,
} from "./findings/variant-verdicts";
export { openGeoTiff } from "./grid/geotiff-window";
export { type GridStack, gridOverRegion } from "./grid/grid";
export { rasteriseLines } from "./grid/rasterise";
export { writeByBlocks } from "./grid/write-by-blocks";
export { applyMethod } from "./method/apply";
export type { Method } from "./method/parameters";
export { readMethod } from "./method/read-method";
export { buildAutoencoder } from "./models/autoencoder";
export { buildClassifier } from "./models/classifier";
export { fitCoarsening } from "./notebook/coarsening";
export { interruptSignal } from "./notebook/interrupt";
export { type Notebook, openNotebook } from "./notebook/open";
export { type ComparisonNotebook, openComparison } from "./notebook/open-comparison";
export { assemblePatches, patchGrid } from "./patches/assemble";
export { leftOutSizesSentence } from "./patches/by-size";
export { assignOccurrences } from "./patches/occurrences";
export { tilePatches } from "./patches/tile";
export type { Patches } from "./patches/types";
export { doJob, type StepDesk, stepDesk } from "./plan/do-job";
export { forgetGroups, isDone } from "./plan/done-jobs";
export { type GroupableJob, groupJobs, type JobGroup } from "./plan/groups";
export { notebookSteps } from "./plan/notebook-steps";
export { studyPlan } from "./plan/study-plan";
export type { PlannedJob, StudyPlace, WorkPlan } from "./plan/types";
export { publishedCountRows, publishedCountSentence } from "./published/counts";
export {
  type MethodSurvey,
  methodSurvey,
  type SurveyedDistrict,
} from "./published/method-survey";
export { publishedNumbers } from "./published/numbers";
export { publishedStudy } from "./published/published-study";
export type { SurveyedNumber, SyntheticSurvey } from "./published/synthetic-survey";
export { randomStream, shuffledIndices } from "./random";
export { autoencoderTrial, autoencoderTrials } from "./runs/autoencoder-trial";
export { classifierTrial, classifierTrials } from "./runs/classifier-trial";
export { zoneFitSentence } from "./runs/comparator-set";
export { maximumEntropyTrial, randomForestTrial } from "./runs/comparator-trial";
export type { ProgressReport, RunContext } from "./runs/context";
export { type JudgedRaster, judgeRaster } from "./runs/judged-raster";
export type { MethodScores, MethodSet } from "./runs/method-set";
export { reconstructionsOf } from "./runs/reconstructions";
export { scoreRaster } from "./runs/score-raster";
export { joinTiles, rasterTiles, scoreTile } from "./runs/score-tiles";
export { openRunStore, packageHash } from "./runs/store";
export { trialsAtRest } from "./runs/trials";
export { type Found, given, isSkipped, type Skipped, skipped } from "./skipped";
export {
  type DistrictNumbers,
  districtNumbers,
  type Stability,
  stabilityNumbers,
} from "./steps/district-numbers";
export { type Steps, studySteps } from "./steps/flow";
export {
  AUTOENCODER,
  autoencoderOptions,
  CLASSIFIER,
  classifierOptions,
} from "./steps/network-options";
export { bandsForScorer, studyScorer } from "./steps/study-scorer";
export { stepTable } from "./steps/table";
export { loadStudy } from "./study/load";
export type { Study } from "./study/types";
export { areaSentence } from "./tables/area";
export { aucIntervalRows } from "./tables/comparison";
export { loadingRows } from "./tables/components";
export { largestDifference, matrixRows, strongestPairs } from "./tables/correlation";
export { nearRows, transferRows } from "./tables/elsewhere";
export { aucRows, commodityCaptureRows } from "./tables/evaluation";
export { headlineRows, thresholdRows } from "./tables/headline";
export { predictionErrorRows, variogramRows } from "./tables/interpolation";
export { autoencoderRows, classifierRows, parameterCount, saturationRows } from "./tables/models";
export { occurrenceZoneRows } from "./tables/occurrence-zones";
export { originRows } from "./tables/origins";
export { groupRows, patchRow, selectionRows } from "./tables/patches";
export { layerErrorRows, reliabilityAdvice, reliabilityRows } from "./tables/reliability";
export { sampleQualityRows } from "./tables/samples";
export { sensitivityRows } from "./tables/sensitivity";
export { edgeRows, sheetRows, sheetSentence } from "./tables/sheets";
export { evidenceRows, inputRows } from "./tables/study";
export { durationRows, summaryRows } from "./tables/summary";
export type { Row } from "./tables/table";
export { useBackend } from "./training/backend";
export { trainAutoencoder, trainClassifier } from "./training/fit";
export { predictProbabilities, reconstructionErrors } from "./training/predict";
