import type { BenchmarkedMethod } from "../runs/benchmarked-methods";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import type { Measured, Metrics } from "./measured";

/** One row a method: mean over draws of negatives with its deviation, on fitted and on held-out ground. */
export function benchmarkRows(found: Found<readonly BenchmarkedMethod[]>): Found<Row[]> {
  return given(found, (methods) =>
    [...methods]
      .sort((one, other) => orderedBy(other) - orderedBy(one))
      .map(({ method: { name, isTold }, inSample, outOfFold }) => ({
        ...{ method: name, "told of occurrences": isTold ? "yes" : "no" },
        "AUC out of fold": outOfFold?.mean ?? null,
        deviation: outOfFold?.deviation ?? null,
        "AUC in-sample": inSample?.mean ?? null,
        "its deviation": inSample?.deviation ?? null,
      })),
  );
}

const orderedBy = ({ inSample, outOfFold }: BenchmarkedMethod) =>
  outOfFold?.mean ?? inSample?.mean ?? 0;

/** Mean of each method over the draws, least and largest draw as its range. */
export function benchmarkMetrics(found: Found<readonly BenchmarkedMethod[]>): Metrics {
  const metrics: { [key: string]: Measured } = {};
  given(found, (methods) => {
    for (const { method, inSample, outOfFold } of methods) {
      for (const [sample, judged] of Object.entries({ inSample, outOfFold })) {
        if (judged === null) continue;
        const interval = [Math.min(...judged.draws), Math.max(...judged.draws)] as const;
        const key = `benchmark.${method.id}.${sample}.auc`;
        metrics[key] = { value: judged.mean, interval, n: judged.sites };
      }
    }
  });
  return metrics;
}

/** How many sites and negatives there are, and what the deviation does not tell. */
export function benchmarkSentence(found: Found<readonly BenchmarkedMethod[]>): Found<string> {
  return given(found, (methods) => {
    const { sites, eligible, farthest, draws } = methods.flatMap(
      ({ inSample, outOfFold }) => inSample ?? outOfFold ?? [],
    )[0];
    return `${sites} sites, the farthest ${(farthest / 1000).toFixed(1)} km from its sample; as many negatives are drawn ${draws.length} times from ${eligible.toLocaleString("en")} samples far enough from all sites. The deviation is what the draw of negatives moves; other sites would move it more. The benchmark judges on the ground that was fitted to: of methods that are told of sites only the held-out column says anything.`;
  });
}
