// What packages bring and nothing here reads: removed after they are installed.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const { platform, arch } = process;

/** Packages ("" is all of them), files by their path within one, and why they are not needed. */
export const unneeded = [
  {
    of: [""],
    files: /\.map$/,
    why: "source maps, for those who debug the package itself",
  },
  {
    of: ["core", "layers", "data", "backend-cpu", "backend-wasm"].map(
      (part) => `@tensorflow/tfjs-${part}`,
    ),
    files: /^(dist\/miniprogram\/|dist\/tf-[a-z-]+(\.(fesm|es2017))?(\.min)?\.js$)/,
    why: "builds for pages and mini programs; Node takes tf-*.node.js, the playground single modules",
  },
  {
    of: ["epsg-index"],
    files: /^s\//,
    why: "8,111 files, one a system; all.json holds the same",
  },
  {
    of: ["binaryen"],
    files: /^bin\//,
    why: "commands, each with a copy of the compiler; AssemblyScript takes index.js",
  },
  {
    of: ["zeromq"],
    files: new RegExp(`^build/(?!${platform}/${arch}/|manifest\\.json$)`),
    why: "binaries for other systems than this one",
  },
  {
    of: ["sql.js"],
    files: /^dist\/(?!sql-wasm\.(js|wasm)$)/,
    why: "builds for asm.js, workers, pages and debugging",
  },
  {
    of: ["@tslab/typescript-for-tslab"],
    files:
      /^lib\/(tsc|tsserver|tsserverlibrary|typescriptServices|typingsInstaller)(\.d)?\.(js|ts)$/,
    why: "the compiler four times more, as commands and for editors; tslab takes typescript.js",
  },
  {
    of: ["mathjs"],
    files: /^(docs|examples|lib\/(browser|esm))\//,
    why: "documentation, and builds for pages and bundlers",
  },
  {
    of: ["vega", "vega-lite"],
    files: /^build(-es5\/|\/(vega-core|vega-schema|vega-lite-schema))/,
    why: "builds for old browsers, schemas",
  },
  {
    of: ["highlight.js"],
    files: /^(scss|styles)\/|^(es|lib)\/languages\/(?!typescript\.js$)/,
    why: "styles and languages; reports show TypeScript in colours of their own",
  },
  {
    of: ["@expo-google-fonts/source-sans-3"],
    files: /^([2357-9]00|400Regular_|600SemiBold_)/,
    why: "weights and slopes that no figure is set in",
  },
  {
    of: ["pdfkit", "xlsx", "geotiff", "svg-to-pdfkit", "fontkit"],
    files:
      /^(js\/pdfkit\.(standalone|browser)|dist\/xlsx\.|dist-browser\/|examples\/|dist\/browser)/,
    why: "builds for pages, examples",
  },
];

/** Paths within packages of node_modules that need not stay, where packages are as npm installs them. */
export function unneededFiles(modules) {
  const rules = (name) => unneeded.filter(({ of }) => of.includes("") || of.includes(name));
  return packagesIn(modules).flatMap(({ name, folder }) => {
    const own = rules(name).map(({ files }) => files);
    return filesOf(folder)
      .filter((file) => own.some((files) => files.test(file)))
      .map((file) => join(folder, file));
  });
}

export function removeUnneeded(modules) {
  for (const file of unneededFiles(modules)) rmSync(file);
}

/** All packages below a folder of them, those within others too; of linked ones, nothing. */
function packagesIn(modules) {
  const scopes = existsSync(modules) ? foldersOf(modules) : [];
  const names = scopes.flatMap((name) =>
    name.startsWith("@") ? foldersOf(join(modules, name)).map((part) => `${name}/${part}`) : [name],
  );
  return names.flatMap((name) => {
    const folder = join(modules, name);
    return [{ name, folder }, ...packagesIn(join(folder, "node_modules"))];
  });
}

function foldersOf(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Files of a package by their path within it, without those of packages within. */
function filesOf(folder, within = "") {
  return readdirSync(join(folder, within), { withFileTypes: true }).flatMap((entry) => {
    const path = `${within}${entry.name}`;
    if (entry.isDirectory()) return path === "node_modules" ? [] : filesOf(folder, `${path}/`);
    return entry.isFile() ? [path] : [];
  });
}
