import type { GeologyLayer } from "../manifest/evidence-layer";
import type { VectorInput } from "../manifest/manifest";
import { camelCase, freeName } from "./names";
import type { VectorFile } from "./vector-file";
import type { LayerWish } from "./wishes";

/** A file of lines or polygons under the name that the manifest gives it. */
export interface NamedLayer extends VectorFile {
  readonly wish: LayerWish;
  readonly input: VectorInput;
}

/** Files under names of their own: what they are, or what their file is called. */
export function namedLayers(
  layers: readonly (VectorFile & { readonly wish: LayerWish })[],
): NamedLayer[] {
  const taken: string[] = [];
  return layers.map((layer) => {
    const stem =
      layer.wish.role === "other" ? layer.source.file.replace(/\.[^.]*$/, "") : layer.wish.role;
    const name = freeName(camelCase(stem), taken, "");
    taken.push(name);
    return { ...layer, input: { name, ...layer.source } };
  });
}

/** Polygons are drawn first, and lines over them. */
export function drawnRank({ name }: VectorInput, layers: readonly NamedLayer[]): number {
  const layer = layers.find(({ input }) => input.name === name);
  return layer !== undefined && layer.shapes.polygons.length > 0 ? 0 : 1;
}

/** What of them a geological map shows, rocks first and faults over all. */
export function geologyOf(layers: readonly NamedLayer[]): GeologyLayer[] {
  const marked = layers.flatMap(({ wish, input, shapes }): GeologyLayer[] => {
    const property = wish.methods.find((method) => method.startsWith("category:"))?.slice(9);
    if (property !== undefined) return [{ layer: input.name, as: "rock", property }];
    if (wish.role === "faults" && shapes.lines.length > 0)
      return [{ layer: input.name, as: "fault" }];
    if (wish.role !== "intrusions" || shapes.polygons.length === 0) return [];
    return [{ layer: input.name, as: "intrusion" }];
  });
  const order = ["rock", "intrusion", "fault"];
  return marked.sort((one, other) => order.indexOf(one.as) - order.indexOf(other.as));
}
