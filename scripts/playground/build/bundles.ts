import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";

const playground = resolve(__dirname, "..");
const library = resolve(playground, "../../lib");

/**
 * Modules of the library that know Node, and what stands in their place in a browser: threads and
 * kernels of the engine, and where TensorFlow.js comes from.
 */
const EDGES: ReadonlyMap<string, string> = new Map([
  [join(library, "src/training/engine/host.ts"), join(playground, "worker/host.ts")],
  [join(library, "src/tensorflow.ts"), join(playground, "worker/tensorflow.ts")],
]);

/** Imports that an edge may answer: only they are worth the question. */
const mayBeEdge = new RegExp(
  `(^|/)(${[...EDGES.keys()].map((path) => basename(path, ".ts")).join("|")})$`,
);

/** Puts the browser's edges in the place of Node's. */
const browserEdges: Plugin = {
  name: "browser-edges",
  setup({ onResolve, resolve: resolveImport }) {
    onResolve({ filter: mayBeEdge }, async ({ path, pluginData, ...importer }) => {
      if (pluginData === "asked") return undefined;
      const found = await resolveImport(path, { ...importer, pluginData: "asked" });
      const edge = EDGES.get(found.path);
      return edge === undefined ? found : { path: edge };
    });
  },
};

/** Modules whose text is made here, by the name after "embedded:". */
function embedded(texts: Readonly<Record<string, string>>): Plugin {
  return {
    name: "embedded",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^embedded:/ }, ({ path }) => ({
        path: path.slice("embedded:".length),
        namespace: "embedded",
      }));
      onLoad({ filter: /.*/, namespace: "embedded" }, ({ path }) => ({ contents: texts[path] }));
    },
  };
}

/** One self-contained classic script of a module, by its place in scripts/playground, and all that it imports. */
async function scriptOf(
  entry: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { outputFiles, warnings } = await build({
    entryPoints: [resolve(playground, entry)],
    ...{ platform: "browser", format: "iife", bundle: true, minify: true, charset: "utf8" },
    plugins: [embedded(texts), browserEdges],
    ...{ write: false, logLevel: "silent" },
  });
  if (warnings.length > 0) throw new Error(warnings.map(({ text }) => text).join("\n"));
  return outputFiles[0].text;
}

const asText = (script: string) => `export default ${JSON.stringify(script)};`;

/**
 * The page's script, with its worker and that one's threads and kernels in it.
 *
 * @param entry the module that it begins with
 */
export async function pageScript(entry = "page/main.ts"): Promise<string> {
  const kernel = (name: string) =>
    readFileSync(join(library, "dist/training/engine", name)).toString("base64");
  const kernels = `export const relaxed = "${kernel("kernels-relaxed.wasm")}";
export const plain = "${kernel("kernels.wasm")}";`;
  const [thread, components] = await Promise.all([
    scriptOf("worker/thread.ts"),
    scriptOf("worker/components.ts"),
  ]);
  const texts = { thread: asText(thread), components: asText(components), kernels };
  const session = await scriptOf("worker/main.ts", texts);
  return scriptOf(entry, { session: asText(session) });
}
