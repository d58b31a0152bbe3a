import { dirname, join, resolve } from "node:path";
import * as ts from "@tslab/typescript-for-tslab";
import { writeWhole } from "../lib/src/files";
import { declarationIn, parsed } from "./site/library/declarations";
import { docstring } from "./site/library/docstring";

/** A name that the package exports, and what its docstring says first. */
export interface PublicName {
  readonly name: string;
  /** Folder of lib/src that it comes from; "lib" for a file of no room. */
  readonly room: string;
  readonly isType: boolean;
  /** The file that declares it. */
  readonly path: string;
  readonly summary: string;
}

/** Every name of the public index, in its order. */
export function publicNames(root: string): PublicName[] {
  const index = join(root, "lib", "src", "index.ts");
  return parsed(index).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) return [];
    if (!ts.isNamedExports(statement.exportClause)) return [];
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    const path = `${resolve(dirname(index), from)}.ts`;
    return statement.exportClause.elements.map(({ name, isTypeOnly }) => ({
      name: name.text,
      room: from.split("/").length > 2 ? from.split("/")[1] : "lib",
      isType: isTypeOnly || statement.isTypeOnly,
      path,
      summary: firstSentence(docstring(declarationIn(path, name.text)?.comment ?? "").text),
    }));
  });
}

/** docs/library.md: the public names by room, each with the first sentence of its docstring. */
export function libraryPage(names: readonly PublicName[]): string {
  const rooms = [...new Set(names.map(({ room }) => room))];
  const sections = rooms.map((room) => {
    const rows = names
      .filter((each) => each.room === room)
      .map(({ name, isType, summary }) => `| \`${name}\`${isType ? " (type)" : ""} | ${summary} |`);
    return [`## ${room}`, "", "| name | what it is |", "| --- | --- |", ...rows, ""].join("\n");
  });
  return `# The library

What \`import { ... } from "prospectivity"\` offers, by room of \`lib/src\`, with the first sentence of each docstring; the docstrings say more (shapes, units, errors, sources), and the site that \`npm run site\` builds shows them whole. \`npm run library-page\` writes this page, and a test holds it against the library.

${sections.join("\n")}`;
}

function firstSentence(text: string): string {
  const line = text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
  return /^(.*?[^A-Z0-9][.:])(?: [A-Z"`]|$)/.exec(line)?.[1].replace(/:$/, ".") ?? line;
}

if (require.main === module) {
  const root = resolve(__dirname, "..");
  writeWhole(join(root, "docs", "library.md"), libraryPage(publicNames(root)));
}
