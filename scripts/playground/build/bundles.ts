import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Plugin, rolldown } from "rolldown";

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

const EDGE_NAMES = new Set([...EDGES.keys()].map((path) => basename(path, ".ts")));

/** Puts the browser's edges in the place of Node's. */
const browserEdges: Plugin = {
  name: "browser-edges",
  async resolveId(source, importer, options) {
    // Only names that an edge may have are worth the question.
    if (!EDGE_NAMES.has(basename(source))) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const edge = found === null ? undefined : EDGES.get(found.id);
    return edge ?? found;
  },
};

/** Modules whose text is made here, by the name after "embedded:". */
function embedded(texts: Readonly<Record<string, string>>): Plugin {
  const nameOf = (id: string) => id.replace(/^\0?embedded:/, "");
  return {
    name: "embedded",
    resolveId: (source) => (source.startsWith("embedded:") ? `\0${source}` : null),
    load: (id) => (id.startsWith("\0embedded:") ? texts[nameOf(id)] : null),
  };
}

/** One self-contained classic script of a module, by its place in scripts/playground, and all that it imports. */
async function scriptOf(
  entry: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<string> {
  const bundle = await rolldown({
    input: resolve(playground, entry),
    platform: "browser",
    plugins: [embedded(texts), browserEdges],
    onLog(level, { code, message }) {
      // How long the building itself takes is no fault of what is built.
      if (level === "warn" && code?.endsWith("TIMINGS") !== true) throw new Error(message);
    },
  });
  const { output } = await bundle.generate({ format: "iife", minify: true, codeSplitting: false });
  await bundle.close();
  return output[0].code;
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
