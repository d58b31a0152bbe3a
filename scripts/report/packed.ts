import { deflateSync } from "node:zlib";

/** What a packed specification has in place of a value that the page holds elsewhere. */
interface Reference {
  /** Element id of an image in the page. */
  readonly $image?: string;
  /** Place in the list of shared values. */
  readonly $shared?: number;
}

/** Values shorter than this as JSON are not worth a reference. */
const worthSharing = 200;

/**
 * Specifications as one text: `[shared, specs]`, where values that occur again, such as outlines that
 * several maps draw, are kept once, and images that the page's drawings show are not kept at all.
 */
export function packedSpecs(
  specs: readonly unknown[],
  images: ReadonlyMap<string, string>,
): string {
  const texts = new Map<unknown, string>();
  const counts = new Map<string, number>();
  const count = (value: unknown): void => {
    const isText = typeof value === "string";
    if (isText ? images.has(value) : typeof value !== "object" || value === null) return;
    const text = JSON.stringify(value);
    if (text.length < worthSharing) return;
    texts.set(value, text);
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    // What lies within a value that is met again is shared with it.
    if (before === 0 && !isText) for (const part of Object.values(value as object)) count(part);
  };
  for (const spec of specs) count(spec);
  const places = new Map<string, number>();
  const shared: unknown[] = [];
  const packed = (value: unknown): unknown => {
    const image = typeof value === "string" ? images.get(value) : undefined;
    if (image !== undefined) return { $image: image } satisfies Reference;
    const text = texts.get(value) ?? "";
    const isShared = (counts.get(text) ?? 0) > 1;
    const place = places.get(text);
    if (isShared && place !== undefined) return { $shared: place } satisfies Reference;
    const whole = withParts(value, packed);
    if (!isShared) return whole;
    places.set(text, shared.length);
    shared.push(whole);
    return { $shared: shared.length - 1 } satisfies Reference;
  };
  return JSON.stringify([shared, specs.map(packed)]);
}

/** The same value with each of its parts, if it has any, made into another. */
function withParts(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
}

/** A text that only the page's script reads, deflated (zlib) and in base64. */
export function packedScript(id: string, text: string): string {
  const data = deflateSync(text, { level: 9 }).toString("base64");
  return `<script type="application/zlib" id="${id}">${data}</script>`;
}
