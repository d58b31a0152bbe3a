import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWhole } from "../../../lib/src/files";
import { pageScript } from "../build/bundles";
import type { PackContent } from "../packs/format";
import { packBytes, packScript } from "../packs/write";

const html = `<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script src="packs/index.js" defer></script>
<script src="main.js" defer></script>
`;

/** A page that shows nothing, and a pack beside it, through which tests and the bench ask the worker. */
export interface DrivenPage {
  readonly folder: string;
  readonly remove: () => void;
}

/** Builds the page of page.ts with a pack, in a folder of its own. */
export async function drivenPage(content: PackContent): Promise<DrivenPage> {
  const folder = mkdtempSync(join(tmpdir(), "playground-"));
  const { id, title, kind } = content.district;
  const script = packScript(id, packBytes(content));
  const listed = [{ id, title, kind, bytes: script.length }];
  writeWhole(join(folder, "index.html"), html);
  writeWhole(join(folder, "main.js"), await pageScript("driven/page.ts"));
  writeWhole(join(folder, "packs", "index.js"), `playgroundPacks = ${JSON.stringify(listed)};\n`);
  writeWhole(join(folder, "packs", `${id}.js`), script);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
