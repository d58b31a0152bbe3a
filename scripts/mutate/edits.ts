import { childrenOf, nodeAt, parse, type SyntaxNode } from "./syntax";

/** A piece of a text to be replaced by another. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** Operators and what each is exchanged for. */
const EXCHANGED: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "/=": "*=",
  "&&": "||",
  "||": "&&",
};

const EXCHANGED_METHODS: Readonly<Record<string, string>> = {
  "Math.min": "Math.max",
  "Math.max": "Math.min",
  "Math.floor": "Math.ceil",
  "Math.ceil": "Math.floor",
};

/** What carries a value although the syntax is TypeScript's own. */
const VALUES_WITH_TYPES = ["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"];

/** Imports, strings and what makes an error: their text is no number of the method's. */
const LEFT_ALONE = [
  "ImportDeclaration",
  "ExportAllDeclaration",
  "TemplateLiteral",
  "ThrowStatement",
];

/** Every single change that the operators make in a text, in its order. */
export function editsOf(text: string): Edit[] {
  return below(parse(text), text);
}

function below(node: SyntaxNode, text: string): Edit[] {
  if (isLeftAlone(node)) return [];
  const children = childrenOf(node).filter((child) => !isPlainKey(node, child));
  return [...editsAt(node, text), ...children.flatMap((child) => below(child, text))];
}

function isLeftAlone(node: SyntaxNode): boolean {
  if (node.type.startsWith("TS")) return !VALUES_WITH_TYPES.includes(node.type);
  if (node.type === "NewExpression") return nameOf(nodeAt(node, "callee")).endsWith("Error");
  return LEFT_ALONE.includes(node.type);
}

/** A name before a colon, such as the 2 of { 2: "two" }. */
function isPlainKey(parent: SyntaxNode, child: SyntaxNode): boolean {
  return parent.key === child && parent.computed !== true && parent.shorthand !== true;
}

function editsAt(node: SyntaxNode, text: string): Edit[] {
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression":
      return node.operator === "??" ? eitherSide(node, text) : exchangedOperator(node, text);
    case "AssignmentExpression":
      return exchangedOperator(node, text);
    case "CallExpression":
      return exchangedMethod(nodeAt(node, "callee"));
    case "Literal":
      return typeof node.value === "number" ? [replaced(node, another(node.value))] : [];
    case "UnaryExpression": {
      const argument = nodeAt(node, "argument");
      if (node.operator !== "!" || argument === null) return [];
      return [
        { start: node.start, end: argument.start, replacement: beforeOf(node, argument, text) },
      ];
    }
    case "IfStatement":
    case "ConditionalExpression":
      return negated(nodeAt(node, "test"), text);
    default:
      return [];
  }
}

function exchangedOperator(node: SyntaxNode, text: string): Edit[] {
  const operator = String(node.operator);
  const left = nodeAt(node, "left");
  const other = EXCHANGED[operator];
  if (left === null || other === undefined || isText(node)) return [];
  const start = text.indexOf(operator, left.end);
  return [{ start, end: start + operator.length, replacement: other }];
}

/** Whether a sum joins words: taking one from another is no fault that a number could show. */
function isText(node: SyntaxNode | null): boolean {
  if (node === null) return false;
  if (node.type === "TemplateLiteral") return true;
  if (node.type === "Literal") return typeof node.value === "string";
  if (node.operator !== "+" && node.operator !== "+=") return false;
  return isText(nodeAt(node, "left")) || isText(nodeAt(node, "right"));
}

function eitherSide(node: SyntaxNode, text: string): Edit[] {
  return [nodeAt(node, "left"), nodeAt(node, "right")].flatMap((side) =>
    side === null ? [] : [replaced(node, `(${text.slice(side.start, side.end)})`)],
  );
}

function exchangedMethod(callee: SyntaxNode | null): Edit[] {
  const other = EXCHANGED_METHODS[nameOf(callee)];
  return callee === null || other === undefined ? [] : [replaced(callee, other)];
}

/** A condition the other way round, unless exchanging its operator or its `!` does that already. */
function negated(test: SyntaxNode | null, text: string): Edit[] {
  if (test === null || test.type === "UnaryExpression") return [];
  if (test.operator === "===" || test.operator === "!==") return [];
  return [replaced(test, `!(${text.slice(test.start, test.end)})`)];
}

/** What stands between a `!` and its argument, such as a parenthesis, without the `!`. */
function beforeOf(node: SyntaxNode, argument: SyntaxNode, text: string): string {
  return text.slice(node.start + 1, argument.start);
}

function another(value: number): string {
  return String(value === 1 ? 0 : value + 1);
}

function replaced({ start, end }: SyntaxNode, replacement: string): Edit {
  return { start, end, replacement };
}

/** A name or a name of a name, such as Math.min; empty for anything else. */
function nameOf(node: SyntaxNode | null): string {
  if (node?.type === "Identifier") return String(node.name);
  if (node?.type !== "MemberExpression" || node.computed === true) return "";
  return `${nameOf(nodeAt(node, "object"))}.${nameOf(nodeAt(node, "property"))}`;
}
