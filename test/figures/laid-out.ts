import type { View } from "vega";
import type { Figure } from "../../lib/src/figures/figure";
import { layOut } from "../../lib/src/figures/vega-runtime";

/** A mark as Vega has laid it out. */
export interface Item {
  readonly fill?: string;
  readonly opacity?: number;
  readonly text?: string | readonly string[];
  readonly tooltip?: Readonly<Record<string, string>>;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
}

/** All marks of a kind, in the order of drawing. */
export function marksOf(view: View, kind: string): Item[] {
  type Node = { readonly marktype?: string; readonly items?: Node[] };
  const found: Node[] = [];
  const visit = (node: Node) => {
    if (node.marktype === kind) found.push(...(node.items ?? []));
    else for (const item of node.items ?? []) visit(item);
  };
  visit((view.scenegraph() as unknown as { readonly root: Node }).root);
  return found as unknown as Item[];
}

/** What a figure shows on a screen, laid out. */
export function laidOut(figure: Figure): View {
  if (figure.live === undefined) throw new Error(`${figure.title} does not answer`);
  return layOut(figure.live).run();
}

/** What marks of a kind tell under the pointer. */
export const told = (view: View, kind: string) =>
  marksOf(view, kind).flatMap(({ tooltip }) => (tooltip === undefined ? [] : [tooltip]));
