/** Adds 25 numbers to one metrics.json, one by one, as others do at the same time. */
import { recordMetrics } from "../../../lib/src/notebook/record";

const [folder, who] = process.argv.slice(2);
for (let at = 0; at < 25; at++) {
  const metric = { value: at, notebook: "08-summary", profile: "smoke", seed: 1 };
  recordMetrics(folder, { [`${who}.${at}`]: metric });
}
