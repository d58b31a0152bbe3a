import { layerAucs } from "../baselines/layer-scores";
import { sampleComponents } from "../evidence/sample-layers";
import { componentMetrics } from "../findings/components";
import { correlationMetrics, evidenceCorrelation } from "../findings/correlation";
import { interpolationMetrics, interpolationOf } from "../findings/interpolation";
import { layerAucMetrics } from "../findings/layers";
import { areaMetrics, sampleMetrics, samplesOf } from "../findings/samples";
import { elementRun } from "../runs/element-run";
import { evidenceRun } from "../runs/evidence-run";
import { given } from "../skipped";
import { noSamples, noSheets } from "../study/lacks";
import { areaFacts } from "../tables/area";
import { jumpingEdges } from "../tables/sheets";
import { definer, type StepContext } from "./step";
import { otherWork } from "./work";

/** Steps of the samples, and of the evidence that is made from them and from lines and polygons. */
export function evidenceSteps(context: StepContext) {
  const { study } = context;
  const define = definer(context);

  const samples = define("samples", {
    needs: {},
    reads: [],
    compute: () => samplesOf(study),
    metrics: sampleMetrics,
  });
  const sheetEdges = define("sheetEdges", {
    needs: { samples },
    reads: [],
    compute: ({ from }) =>
      given(from.samples, ({ sheets }) =>
        sheets === undefined ? noSheets(study) : jumpingEdges(study),
      ),
  });
  const area = define("area", {
    needs: {},
    reads: [],
    compute: () => areaFacts(study),
    metrics: areaMetrics,
  });
  const element = define("element", {
    needs: {},
    reads: ["coarsening", "interpolationCoarsening"],
    work: () => [otherWork(8000)],
    compute: async ({ method, run }) => (await elementRun(run, study, method)) ?? noSamples(study),
  });
  const interpolation = define("interpolation", {
    needs: { element },
    reads: [],
    compute: ({ from }) => interpolationOf(from.element),
    metrics: interpolationMetrics,
  });
  const components = define("components", {
    needs: { samples },
    reads: [],
    compute: ({ from }) => given(from.samples, (table) => sampleComponents(table)),
    metrics: componentMetrics,
  });
  const evidence = define("evidence", {
    needs: {},
    reads: ["coarsening", "percentiles"],
    work: () => [otherWork(4000)],
    compute: ({ method, run }) => evidenceRun(run, study, method),
  });
  const layerAreas = define("layerAreas", {
    needs: { evidence },
    reads: [],
    compute: ({ from }) => layerAucs(study, from.evidence.layers),
    metrics: layerAucMetrics,
  });
  const correlation = define("correlation", {
    needs: { evidence },
    reads: ["seed"],
    compute: ({ from, method }) => evidenceCorrelation(study, from.evidence.layers, method),
    metrics: correlationMetrics,
  });

  return {
    samples,
    sheetEdges,
    area,
    element,
    interpolation,
    components,
    evidence,
    layerAreas,
    correlation,
  };
}

/** The same, by name. */
export type EvidenceSteps = ReturnType<typeof evidenceSteps>;
