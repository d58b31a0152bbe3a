import { InputError } from "../errors";
import type { EvidenceLayer } from "../manifest/evidence-layer";

/** camelCase of words, as a manifest's ids are; "layer" before what starts with no letter. */
export function camelCase(text: string): string {
  const words = text
    .normalize("NFKD")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  const [first = "layer", ...rest] = words;
  const start = /^[A-Z0-9]+$/.test(first)
    ? first.toLowerCase()
    : first[0].toLowerCase() + first.slice(1);
  const whole = [start, ...rest.map((word) => word[0].toUpperCase() + word.slice(1))].join("");
  return /^[a-z]/.test(whole) ? whole : `layer${whole}`;
}

/** A name that is not taken: with a number after it where it is. */
export function freeName(name: string, taken: readonly string[], join = " "): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}${join}${number}`)) number++;
  return `${name}${join}${number}`;
}

/** Evidence with ids of its own, in camelCase, and labels of its own. */
export function namedApart(layers: readonly EvidenceLayer[]): EvidenceLayer[] {
  const named: EvidenceLayer[] = [];
  for (const layer of layers) {
    const ids = named.map(({ id }) => id);
    const labels = named.map(({ label }) => label);
    const id = freeName(camelCase(layer.id), ids, "");
    named.push({ ...layer, id, label: freeName(layer.label.trim(), labels) });
  }
  return named;
}

/**
 * Evidence with the directions that the researcher holds favourable beforehand.
 *
 * @throws InputError when a label is none of a layer
 */
export function withDirections(
  layers: readonly EvidenceLayer[],
  { high, low }: { readonly high: readonly string[]; readonly low: readonly string[] },
): EvidenceLayer[] {
  const labels = layers.map(({ label }) => label);
  const unknown = [...high, ...low].find((label) => !labels.includes(label));
  if (unknown !== undefined) {
    throw new InputError({
      ...{ kind: "parameter", field: "--high and --low", found: unknown },
      expected: `labels of layers: ${labels.join(", ")}`,
    });
  }
  return layers.map((layer) => {
    if (high.includes(layer.label)) return { ...layer, favourable: "high" };
    return low.includes(layer.label) ? { ...layer, favourable: "low" } : layer;
  });
}
