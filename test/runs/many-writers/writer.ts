/** Asks a store for the same results as others do at the same time, and says what it got wrong. */
import { storedRun } from "../../../lib/src/runs/store";

const [folder, writer] = process.argv.slice(2);
const damaged: string[] = [];
const store = { folder, code: "code", onDamaged: (text: string) => damaged.push(text) };

async function main(): Promise<void> {
  let wrong = 0;
  for (let number = 0; number < 60; number++) {
    // Each goes its own way through the same results.
    const seed = (number * 7 + Number(writer) * 13) % 60;
    const { result } = await storedRun(store, { step: "step", inputs: { seed } }, async () => ({
      values: new Float64Array(20_000).fill(seed),
    }));
    if (result.values.length !== 20_000 || result.values.some((value) => value !== seed)) wrong++;
  }
  console.log(JSON.stringify({ wrong, damaged }));
}

main();
