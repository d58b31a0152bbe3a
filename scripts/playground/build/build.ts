import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  applyMethod,
  loadStudy,
  openRunStore,
  readMethod,
  studySteps,
  useBackend,
} from "prospectivity";
import { writeWhole } from "../../../lib/src/files";
import { projectFolders, studyFolder } from "../../../lib/src/project";
import { fontStyle } from "../../font-style";
import type { ListedPack } from "../packs";
import { packOf } from "../packs/district";
import type { PackContent } from "../packs/format";
import { packBytes, packScript } from "../packs/write";
import { pageScript } from "./bundles";

/** A district to pack, and how many times wider than the manifest says its pixels are to be. */
export interface AskedPack {
  readonly study: string;
  readonly coarsening: number;
}

/** What is to be built, where, and who is told. */
export interface BuildOptions {
  /** The project's folder. */
  readonly root: string;
  readonly packs: readonly AskedPack[];
  /** Folder of the page. */
  readonly out: string;
  readonly say: (line: string) => void;
}

const pageFolder = resolve(__dirname, "..", "page");

/** Builds the playground's page and packs into a folder. */
export async function buildPlayground({ root, packs, out, say }: BuildOptions) {
  const script = await pageScript();
  writeWhole(join(out, "main.js"), script);
  writeWhole(join(out, "index.html"), pageText());
  const style = readFileSync(join(pageFolder, "style.css"), "utf8");
  writeWhole(join(out, "style.css"), `${fontStyle()}${style}`);
  say(`page: ${megabytes(script.length)}`);
  const listed: ListedPack[] = [];
  for (const asked of packs) {
    const content = await packedStudy(root, asked);
    const { id, title, kind } = content.district;
    const file = packScript(id, packBytes(content));
    writeWhole(join(out, "packs", `${id}.js`), file);
    listed.push({ id, title, kind, bytes: file.length });
    say(`packs/${id}.js: ${title}, ${megabytes(file.length)}`);
  }
  writeWhole(join(out, "packs", "index.js"), `playgroundPacks = ${JSON.stringify(listed)};\n`);
  return { page: join(out, "index.html"), packs: listed };
}

/** The page's template, with the list of packs loaded before its script. */
function pageText(): string {
  const template = readFileSync(join(pageFolder, "index.html"), "utf8");
  const script = '<script src="main.js"';
  if (!template.includes(script)) throw new Error(`page/index.html has no ${script}`);
  return template.replace(script, `<script src="packs/index.js" defer></script>\n    ${script}`);
}

/** A study's district, its evidence and PCA errors from the run store where they are there. */
export async function packedStudy(root: string, asked: AskedPack): Promise<PackContent> {
  const { study, steps, method } = await stepsOf(root, asked);
  const { layers } = await steps.evidence();
  const { pca } = await steps.baselines();
  const { coarsening } = asked;
  const id = coarsening === 1 ? study.id : `${study.id}-x${coarsening}`;
  return packOf(study, layers, { id, coarsening, method, pca });
}

/** The method's steps for a study that is packed. */
export async function stepsOf(root: string, { study: name, coarsening }: AskedPack) {
  const folders = projectFolders(root);
  const file = readMethod(join(root, "notebooks", "method.json"));
  const { method } = applyMethod(file, { notebook: { study: name, coarsening } });
  const study = await loadStudy(studyFolder(folders.data, name));
  const steps = studySteps({
    ...{ study, method, file },
    run: {
      store: openRunStore(join(folders.results, ".runs")),
      seed: method.seed,
      backend: await useBackend(),
      progress: () => ({ update: () => undefined, finish: () => undefined }),
      onTrial: () => undefined,
    },
  });
  return { study, method, steps };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
