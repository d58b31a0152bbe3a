import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { intervalPlot, saveFigure } from "prospectivity";
import { writeWhole } from "../../lib/src/files";
import { type Summary, summary } from "./ratios";

/** Collects measurements under their keys and prints each as it comes. */
export interface Recorder {
  /** Keeps some values of one measurement; nothing when there are none. */
  keep(key: string, name: string, values: readonly number[]): void;
  readonly measured: Readonly<Record<string, Summary>>;
}

export function recorder(): Recorder {
  const measured: Record<string, Summary> = {};
  return {
    measured,
    keep(key, name, values) {
      if (values.length === 0) return;
      const kept = summary(name, values);
      measured[key] = kept;
      const [min, median, max] = [kept.min, kept.median, kept.max].map(figures);
      console.log(`${name}: ${median} (${min} to ${max}, n ${kept.n})`);
    },
  };
}

const figures = (value: number) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));

/** Writes bench.json and a chart of the ratios between engines. */
export async function writeRecord(
  folder: string,
  about: object,
  measured: Recorder["measured"],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const record = { ...about, ratios: measured };
  writeWhole(join(folder, "bench.json"), `${JSON.stringify(record, null, 2)}\n`);
  const compared = Object.entries(measured).flatMap(([key, value]) =>
    key.includes("Over") && !key.includes(".layers.") ? [value] : [],
  );
  const figure = intervalPlot({
    title: "Time of an epoch, as a ratio",
    valueTitle: "Ratio, median and range",
    reference: 1,
    widthMm: 174,
    estimates: compared.map(({ name, median, min, max }) => ({
      name,
      estimate: { value: median, interval: [min, max] },
    })),
  });
  await saveFigure(figure, "bench", folder);
  console.log(`Written: ${join(folder, "bench.json")}, bench.svg, bench.png, bench.pdf`);
}
