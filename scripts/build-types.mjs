// Gathers the public types of the compiled library in one file. A kernel checks every cell of a notebook
// against all files of types that it can reach, and looks through some hundreds of them for each.
import { rmSync } from "node:fs";
import Module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The compiler that builds the library has no interface for programs yet; the kernel's has.
const resolve = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  resolve(name === "typescript" ? "@tslab/typescript-for-tslab" : name, ...rest);

const { rollup } = await import("rollup");
const { dts } = await import("rollup-plugin-dts");

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), "lib", "dist");
const bundle = await rollup({ input: join(dist, "index.d.ts"), plugins: [dts()] });
await bundle.write({ file: join(dist, "prospectivity.d.ts"), format: "es" });
await bundle.close();
rmSync(join(dist, "index.d.ts"));
