import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(__dirname, "../..");

interface Unneeded {
  readonly unneeded: readonly { readonly of: readonly string[]; readonly files: RegExp }[];
  unneededFiles(modules: string): string[];
  removeUnneeded(modules: string): void;
}

let setup: Unneeded;

beforeAll(async () => {
  setup = await import(pathToFileURL(join(root, "scripts/setup/unneeded.mjs")).href);
});

/** A folder of packages with these files. */
function packages(files: readonly string[]): string {
  const modules = mkdtempSync(join(tmpdir(), "modules-"));
  for (const file of files) {
    mkdirSync(dirname(join(modules, file)), { recursive: true });
    writeFileSync(join(modules, file), "");
  }
  return modules;
}

const other = process.platform === "win32" ? "linux" : "win32";

describe("what packages bring and nothing reads", () => {
  const needed = [
    "@tensorflow/tfjs-core/dist/tf-core.node.js",
    "@tensorflow/tfjs-core/dist/ops/add.js",
    "@tensorflow/tfjs-core/dist/index.d.ts",
    "@tslab/typescript-for-tslab/lib/typescript.js",
    "@tslab/typescript-for-tslab/lib/typescript.d.ts",
    "binaryen/index.js",
    "epsg-index/all.json",
    "highlight.js/lib/languages/typescript.js",
    "s/s/1.json",
    "sql.js/dist/sql-wasm.js",
    "sql.js/dist/sql-wasm.wasm",
    "vega/build/vega.min.js",
    `zeromq/build/${process.platform}/${process.arch}/node/addon.node`,
    "zeromq/build/manifest.json",
  ];
  const idle = [
    "@tensorflow/tfjs-core/dist/miniprogram/index.js",
    "@tensorflow/tfjs-core/dist/tf-core.es2017.min.js",
    "@tensorflow/tfjs-core/dist/tf-core.js",
    "@tslab/typescript-for-tslab/lib/tsserver.js",
    "anything/dist/deep/index.js.map",
    "anything/node_modules/sql.js/dist/sql-asm.js",
    "binaryen/bin/wasm-opt",
    "epsg-index/s/2000.json",
    "highlight.js/lib/languages/rust.js",
    "sql.js/dist/sql-wasm-debug.js",
    "vega/build-es5/vega.js",
    `zeromq/build/${other}/x64/node/addon.node`,
  ];

  it("is found in packages and in packages within packages, and nothing else is", () => {
    const modules = packages([...needed, ...idle]);
    const found = setup.unneededFiles(modules).map((file) => relative(modules, file));
    expect(found.sort()).toEqual([...idle].sort());
  });

  it("goes, and what is needed stays", () => {
    const modules = packages([...needed, ...idle]);
    setup.removeUnneeded(modules);
    expect(idle.filter((file) => existsSync(join(modules, file)))).toEqual([]);
    expect(needed.filter((file) => !existsSync(join(modules, file)))).toEqual([]);
  });

  it("is not looked for behind a link, such as this project's own package", () => {
    const modules = packages(["real/index.js"]);
    const own = packages(["index.js.map"]);
    symlinkSync(own, join(modules, "own"));
    expect(setup.unneededFiles(modules)).toEqual([]);
  });

  it("is gone from the packages that are installed here", () => {
    expect(setup.unneededFiles(join(root, "node_modules"))).toEqual([]);
  });

  it("is of packages that are installed", () => {
    const names = setup.unneeded.flatMap(({ of }) => of).filter((name) => name !== "");
    expect(names.filter((name) => !existsSync(join(root, "node_modules", name)))).toEqual([]);
  });
});

describe("tensors of data frames", () => {
  it("come from the parts of TensorFlow.js that the networks have, as if all of it were there", async () => {
    const load = createRequire(join(root, "package.json"));
    const { DataFrame, Series, StandardScaler } = load(
      "danfojs-node",
    ) as typeof import("danfojs-node");
    const frame = new DataFrame({ a: [1, 2, 3, 4], b: [2, 4, 6, 12] });
    // Mean 2.5 and 6, deviations over n: sqrt(1.25) and sqrt(14).
    const scaled = new StandardScaler().fit(frame).transform(frame).values as number[][];
    scaled.forEach(([a, b], at) => {
      expect(a).toBeCloseTo((at + 1 - 2.5) / Math.sqrt(1.25), 5);
      expect(b).toBeCloseTo(([2, 4, 6, 12][at] - 6) / Math.sqrt(14), 5);
    });
    expect(frame.add(frame).values).toEqual(
      [1, 2, 3, 4].map((a, at) => [2 * a, 2 * [2, 4, 6, 12][at]]),
    );
    expect(new Series([3, 9, 1]).argMax()).toBe(1);
    const drawn = await frame.sample(2, { seed: 1 });
    expect(drawn.shape).toEqual([2, 2]);
    expect(load.resolve("@tensorflow/tfjs-node")).toContain("data-frame-tensors");
  });
});
