import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { codeBlocks, npmCommands } from "../../scripts/site/code-blocks";
import { sitePages } from "../../scripts/site/pages";

const root = join(__dirname, "../..");
const documents = sitePages.map(({ source }) => ({
  source,
  text: readFileSync(join(root, source), "utf8"),
}));
const scripts: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
).scripts;

describe("the reader of blocks", () => {
  it("finds blocks with language, note and line, and commands in them and in sentences", () => {
    const text = [
      "Say `npm run study -- --set epochs=50`, or `npm test`, or `cd x`.",
      "```sh refused",
      'npm run bring -- "a b.csv" --to 32648   # a comment',
      "```",
      "",
      "```json",
      "{}",
      "```",
    ].join("\n");
    expect(codeBlocks(text)).toEqual([
      {
        language: "sh",
        note: "refused",
        text: 'npm run bring -- "a b.csv" --to 32648   # a comment',
        line: 2,
      },
      { language: "json", note: "", text: "{}", line: 6 },
    ]);
    expect(npmCommands(text).map(({ script, words }) => [script, words])).toEqual([
      ["bring", ["a b.csv", "--to", "32648"]],
      ["study", ["--set", "epochs=50"]],
      ["test", []],
    ]);
  });
});

/** What a command says that it takes. */
const helps = new Map<string, string>();

function helpOf(script: string): string {
  const known = helps.get(script);
  if (known !== undefined) return known;
  const [, file] = /(scripts\/[\w-]+\.ts)/.exec(scripts[script]) ?? [];
  expect(file, `npm run ${script} takes no flags`).toBeDefined();
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const { stdout } = spawnSync(process.execPath, [tsx, join(root, file), "--help"], {
    encoding: "utf8",
  });
  helps.set(script, stdout);
  return stdout;
}

describe("documents", () => {
  it("have blocks of known languages alone", () => {
    const others = documents.flatMap(({ source, text }) =>
      codeBlocks(text)
        // The package's example is compiled and run in test/package.
        .filter(({ language }) => !(language === "ts" && source === "lib/README.md"))
        .filter(({ language }) => !["sh", "text", "json"].includes(language))
        .map(({ language, line }) => `${source}, line ${line}: ${JSON.stringify(language)}`),
    );
    expect(others).toEqual([]);
  });

  it("have JSON that can be read", () => {
    for (const { text } of documents) {
      for (const block of codeBlocks(text)) {
        if (block.language !== "json") continue;
        const inside = block.text.trim().replace(/,$/, "");
        expect(() => JSON.parse(/^[{[]/.test(inside) ? inside : `{${inside}}`)).not.toThrow();
      }
    }
  });

  it("name commands that there are, with flags that these take", { timeout: 300_000 }, () => {
    const commands = documents.flatMap(({ source, text }) =>
      npmCommands(text).map((command) => ({ source, ...command })),
    );
    expect(commands.length).toBeGreaterThan(60);
    for (const { source, script, words, text } of commands) {
      expect(scripts[script], `${source}: ${text}`).toBeDefined();
      for (const word of words) {
        const [flag] = /^--[\w-]+/.exec(word) ?? [];
        if (flag === undefined) continue;
        expect(helpOf(script).includes(flag), `${source}: ${text}: ${flag}`).toBe(true);
      }
    }
  });

  /** What CONTRIBUTING.md has its reader write. */
  const toWrite = [
    "scripts/NAME.ts",
    "lib/src/grid/intersection-density.ts",
    "test/grid/intersection-density.test.ts",
  ];

  it("name files and folders of the project that there are", () => {
    const places = /`((?:lib\/src|scripts|docs|test|notebooks)\/[\w./-]*[\w])`/g;
    const missing = documents.flatMap(({ source, text }) =>
      [...text.matchAll(places)]
        .map(([, place]) => place)
        .filter((place) => !toWrite.includes(place) && !existsSync(join(root, place)))
        .map((place) => `${source}: ${place}`),
    );
    expect(missing).toEqual([]);
  });
});
