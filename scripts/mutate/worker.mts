import { join } from "node:path";
import { createVitest } from "vitest/node";
import type { Finding, Order } from "./bench.js";

/**
 * Runs test files of the folder that it is started in, one order after another, so that vitest
 * starts once and not once a mutant. Whoever started it ends it, also amid a test without end.
 */
async function serve(): Promise<void> {
  const vitest = await createVitest("test", {
    watch: false,
    bail: 1,
    cache: false,
    maxWorkers: 1,
    silent: true,
    reporters: [{}],
  });
  await vitest.standalone();
  let before = Promise.resolve();
  process.on("message", (order: Order) => {
    before = before.then(async () => {
      process.send?.(await run(order));
    });
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");

  async function run({ test, changed }: Order): Promise<Finding> {
    for (const file of changed) vitest.invalidateFile(join(process.cwd(), file));
    const path = join(process.cwd(), test);
    const specification = vitest.getRootProject().createSpecification(path);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
    // Those of earlier orders are told of too.
    const module = testModules.find(({ moduleId }) => moduleId === path);
    if (module?.ok() && unhandledErrors.length === 0) return { by: null };
    const [failed] = module?.children.allTests("failed") ?? [];
    return { by: failed?.fullName ?? `${test} does not load` };
  }
}

void serve();
