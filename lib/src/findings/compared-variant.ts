import type { MethodHeadline } from "../evaluation/method-headline";
import type { Change } from "../method/apply";
import type { Method, MethodName } from "../method/parameters";
import type { OccurrenceGroup } from "../patches/groups";
import type { Patches } from "../patches/types";
import type { Metric, RecordedNotebook } from "../runs/recorded";
import { canonicalJson } from "../runs/store";
import type { Study } from "../study/types";
import type { History } from "../training/types";
import type { Baselines } from "./roc";

/** A variant of the method on a study: what it sets, and what it found by patch. */
export interface ComparedVariant {
  readonly name: string;
  /** The parameters as they applied when its notebooks ran. */
  readonly method: Method;
  /** Those that are not as method.json has them. */
  readonly changes: readonly Change[];
  readonly patches: Pick<Patches, "layout" | "places">;
  /** Groups of occurrences that can be tested, those of all first. */
  readonly groups: readonly OccurrenceGroup[];
  /** Reconstruction error and probability of each patch. */
  readonly errors: Float64Array;
  readonly probabilities: Float64Array;
  readonly baselines: Baselines;
  readonly headline: MethodHeadline;
  readonly autoencoder: Training;
  readonly classifier: Training;
  /** What its notebooks left on record. */
  readonly metrics: { readonly [key: string]: Metric };
  readonly notebooks: readonly RecordedNotebook[];
}

/** How a network was trained: its curve, and the seconds that it took when it was computed. */
export interface Training {
  readonly history: History;
  readonly seconds: number;
}

/** Variants of the method on one study; the others are held against the first. */
export interface Comparison {
  readonly study: Study;
  readonly variants: readonly ComparedVariant[];
  /** Of bootstraps. */
  readonly seed: number;
}

/** The variant that others are held against, and those others. */
export function sides({ variants: [reference, ...others] }: Comparison) {
  return { reference, others };
}

/** Parameters that are not the same in all variants, in the order of the method. */
export function differingParameters({ variants }: Comparison): MethodName[] {
  const names = Object.keys(variants[0].method) as MethodName[];
  // A record has the fields of a value in an order of its own.
  const textOf = ({ method }: ComparedVariant, name: MethodName) => canonicalJson(method[name]);
  return names.filter((name) =>
    variants.some((variant) => textOf(variant, name) !== textOf(variants[0], name)),
  );
}

/** Whether two variants cut the district into the very same patches, whatever they hold. */
export function hasSamePatches(one: ComparedVariant, other: ComparedVariant): boolean {
  const placesOf = ({ patches: { layout, places } }: ComparedVariant) =>
    JSON.stringify([
      ...[layout.size, layout.stride, layout.raster.transform],
      places.map(({ row, column }) => [row, column]),
    ]);
  return placesOf(one) === placesOf(other);
}

/** The group of an id in a variant; undefined where too few of its patches hold one. */
export function groupOf({ groups }: ComparedVariant, id: string): OccurrenceGroup | undefined {
  return groups.find(({ ids }) => ids.includes(id));
}

/** The group of the study's main commodity, or of all where that is too small. */
export function mainGroupId({ variants: [{ groups }] }: Comparison): string {
  return groups.some(({ ids }) => ids.includes("main")) ? "main" : groups[0].ids[0];
}
