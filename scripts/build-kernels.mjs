// Compiles lib/kernels, once plain and once with relaxed SIMD, beside the compiled engine that loads it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { tilesSource } from "../lib/kernels/tiles.mjs";
import { transformsSource } from "../lib/kernels/transforms.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "lib", "dist", "training", "engine");
const parts = ["products", "planes", "layers", "losses", "packing"].map((name) =>
  readFileSync(join(root, "lib", "kernels", `${name}.as.ts`), "utf8"),
);

async function build(name, isRelaxed) {
  const source = [...parts, tilesSource(isRelaxed), transformsSource(isRelaxed)].join("\n");
  const written = new Map();
  const { error, stderr } = await asc.main(
    [
      "kernels.ts",
      "--outFile=kernels.wasm",
      "--runtime=stub",
      "--optimizeLevel=3",
      "--noAssert",
      "--importMemory",
      "--sharedMemory",
      "--initialMemory=1",
      "--maximumMemory=65536",
      "--enable=simd",
      "--enable=threads",
      ...(isRelaxed ? ["--enable=relaxed-simd"] : []),
    ],
    {
      readFile: (file) => (file === "kernels.ts" ? source : null),
      writeFile: (file, content) => written.set(file, content),
      listFiles: () => [],
    },
  );
  if (error !== null) throw new Error(`${stderr}\n${error.message}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), written.get("kernels.wasm"));
}

await build("kernels.wasm", false);
await build("kernels-relaxed.wasm", true);
