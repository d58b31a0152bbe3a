// Gathers the public types of the compiled library in one file. A kernel checks every cell of a notebook
// against all files of types that it can reach, and looks through some hundreds of them for each.
import { writeFileSync } from "node:fs";
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
const { output } = await bundle.generate({ format: "es" });
await bundle.close();
writeFileSync(join(dist, "prospectivity.d.ts"), withAllTypes(output[0]));

/** What a cell declares must be nameable: types that the index does not export are exported as types alone. */
function withAllTypes({ code, exports }) {
  const declaration =
    /^(?:declare )?(?:abstract )?(?:interface|type|const|function|class) ([\w$]+)/gm;
  const declared = [...code.matchAll(declaration)].map(([, name]) => name);
  const hidden = [...new Set(declared)].filter((name) => !exports.includes(name));
  return `${code}\nexport type { ${hidden.join(", ")} };\n`;
}
