// Compiles lib/kernels to kernels.wasm, beside the compiled engine that loads it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { tilesSource } from "../lib/kernels/tiles.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = ["products.as.ts", "layers.as.ts"]
  .map((name) => readFileSync(join(root, "lib", "kernels", name), "utf8"))
  .concat(tilesSource)
  .join("\n");
const folder = join(root, "lib", "dist", "training", "engine");
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
  ],
  {
    readFile: (name) => (name === "kernels.ts" ? source : null),
    writeFile: (name, content) => written.set(name, content),
    listFiles: () => [],
  },
);
if (error !== null) {
  console.error(String(stderr), error.message);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "kernels.wasm"), written.get("kernels.wasm"));
