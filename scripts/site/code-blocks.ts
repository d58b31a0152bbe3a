/** A fenced block of a document. */
export interface CodeBlock {
  /** Language, such as "sh"; "" where none is said. */
  readonly language: string;
  /** What stands behind the language. */
  readonly note: string;
  readonly text: string;
  /** Line of the document, from 1, on which it opens. */
  readonly line: number;
}

/** The fenced blocks of a document, in its order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const found = /^\s*```(\S*) ?(.*)$/.exec(lines[at]);
    if (found === null) continue;
    const [, language, note] = found;
    const end = lines.findIndex((line, next) => next > at && /^\s*```\s*$/.test(line));
    const text = lines.slice(at + 1, end < 0 ? lines.length : end).join("\n");
    blocks.push({ language, note, text, line: at + 1 });
    at = end < 0 ? lines.length : end;
  }
  return blocks;
}

/** A command of npm's as a document has it. */
export interface NpmCommand {
  /** The script of package.json. */
  readonly script: string;
  /** What stands behind --, word by word. */
  readonly words: readonly string[];
  readonly text: string;
}

/** The commands of npm's in the blocks of a shell and in code within sentences. */
export function npmCommands(markdown: string): NpmCommand[] {
  const shell = codeBlocks(markdown).flatMap(({ language, text }) =>
    language === "sh" ? text.split("\n") : [],
  );
  const within = [...markdown.matchAll(/`(npm (?:run |test)[^`\n]*)`/g)].map(([, code]) => code);
  return [...shell, ...within].flatMap((line) => {
    const text = line.replace(/\s+#.*$/, "").trim();
    const found = /^npm (?:run ([\w:-]+)|(test))(?: --)?(?: (.*))?$/.exec(text);
    if (found === null) return [];
    const [, script, test, rest = ""] = found;
    return [{ script: script ?? test, words: wordsOf(rest), text }];
  });
}

/** The words of a command line; those in quotes may hold blanks. */
export function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
}
