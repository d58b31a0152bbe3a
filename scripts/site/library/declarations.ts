import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
// TypeScript 7 has no interface for programs; the compiler that tslab brings has one.
import * as ts from "@tslab/typescript-for-tslab";

/** A declaration as a reader needs it: what stands above it, and it without what it does inside. */
export interface Declaration {
  readonly comment: string;
  readonly code: string;
  /** Types that it names, with the file that declares each. */
  readonly named: readonly { readonly name: string; readonly path: string }[];
}

/** The declaration of a name in a file; null where the file has none. */
export function declarationIn(path: string, name: string): Declaration | null {
  const file = parsed(path);
  // Of a name that is declared several times, the last has the body and the widest types.
  const found = file.statements.filter((statement) => namesOf(statement).includes(name));
  const [statement] = found;
  if (statement === undefined) return null;
  return {
    comment: commentOf(file, statement),
    code: found.map((each) => signature(file, each, name)).join("\n"),
    named: typesNamed(file, path, found).filter((each) => each.name !== name),
  };
}

const files = new Map<string, ts.SourceFile>();

/** A file's syntax, read once. */
export function parsed(path: string): ts.SourceFile {
  const known = files.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  files.set(path, file);
  return file;
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

function commentOf(file: ts.SourceFile, statement: ts.Node): string {
  const ranges = ts.getLeadingCommentRanges(file.text, statement.getFullStart()) ?? [];
  const comments = ranges.map(({ pos, end }) => file.text.slice(pos, end));
  return comments.filter((each) => each.startsWith("/**")).at(-1) ?? "";
}

/** A type whole; of a function, a class and a value what can be seen from outside. */
function signature(file: ts.SourceFile, statement: ts.Statement, name: string): string {
  const text = (from: number, to: number) => file.text.slice(from, to).trim();
  const start = statement.getStart();
  const plain = (code: string) => code.replace(/^export (default )?/, "");
  if (ts.isFunctionDeclaration(statement)) {
    const end = statement.body?.getStart() ?? statement.getEnd();
    return `${plain(text(start, end))};`.replace(/;;$/, ";");
  }
  if (ts.isClassDeclaration(statement)) {
    const head = text(start, statement.members.pos);
    const members = statement.members.map((member) => {
      const { body } = member as ts.ConstructorDeclaration;
      return `  ${text(member.getStart(), body?.getStart() ?? member.getEnd()).replace(/;?$/, ";")}`;
    });
    return plain([head, ...members, "}"].join("\n"));
  }
  if (ts.isVariableStatement(statement)) {
    const [declared] = statement.declarationList.declarations.filter(
      (each) => each.name.getText() === name,
    );
    if (declared.type !== undefined) return `const ${name}: ${declared.type.getText()};`;
    const value = declared.initializer;
    if (value !== undefined && ts.isArrowFunction(value)) {
      return `const ${name} = ${text(value.getStart(), value.body.getStart())} ...;`;
    }
    return plain(statement.getText());
  }
  return plain(statement.getText());
}

/** Types that a declaration names, with the project's file that declares each. */
function typesNamed(
  file: ts.SourceFile,
  path: string,
  statements: readonly ts.Statement[],
): { name: string; path: string }[] {
  const names = new Set<string>();
  const look = (node: ts.Node): void => {
    if (ts.isBlock(node)) return;
    if (ts.isTypeReferenceNode(node)) names.add(node.typeName.getText().split(".")[0]);
    if (ts.isExpressionWithTypeArguments(node)) names.add(node.expression.getText());
    ts.forEachChild(node, look);
  };
  for (const statement of statements) look(statement);
  return [...names].flatMap((name) => {
    const declared = declaredIn(file, path, name);
    return declared === null ? [] : [{ name, path: declared }];
  });
}

function declaredIn(file: ts.SourceFile, path: string, name: string): string | null {
  if (file.statements.some((statement) => namesOf(statement).includes(name))) return path;
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const from = (statement.moduleSpecifier as ts.StringLiteral).text;
    const bindings = statement.importClause?.namedBindings;
    if (!from.startsWith(".") || bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const to = `${resolve(dirname(path), from)}.ts`;
    if (bindings.elements.some((each) => each.name.text === name) && existsSync(to)) return to;
  }
  return null;
}
