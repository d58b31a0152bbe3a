import * as ts from "@tslab/typescript-for-tslab";

/**
 * Shorthand properties that name a value of another cell. tslab 1.0.22 rewrites references to
 * earlier cells but not these, so that they fail when the cell runs although their types are right.
 */
export function borrowedShorthands(source: string): { line: number; name: string }[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const declared = new Set<string>();
  const shorthands: { line: number; name: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (isDeclaration(node) && node.name !== undefined && ts.isIdentifier(node.name)) {
      declared.add(node.name.text);
    }
    if (ts.isShorthandPropertyAssignment(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      shorthands.push({ line: line + 1, name: node.name.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return shorthands.filter(({ name }) => !declared.has(name));
}

function isDeclaration(node: ts.Node): node is ts.Node & { readonly name?: ts.Node } {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node)
  );
}
