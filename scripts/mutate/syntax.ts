import { parseAst } from "rolldown/parseAst";

/** A node of a parsed file (ESTree with TypeScript's own), its children under any key. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** The syntax of a TypeScript file, by the parser that the tests are read with. */
export function parse(text: string): SyntaxNode {
  return parseAst(text, { lang: "ts" }) as unknown as SyntaxNode;
}

/** The nodes directly below one, in the order of the text. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return Object.values(node)
    .flat()
    .filter(isNode)
    .sort((one, other) => one.start - other.start);
}

/** The node under a key, or null where there is none. */
export function nodeAt(node: SyntaxNode, key: string): SyntaxNode | null {
  const value = node[key];
  return isNode(value) ? value : null;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}
