import { InputError } from "../errors";
import { type BrokenRule, repeated } from "./broken-rule";
import type { Manifest } from "./manifest";
import { inputFiles } from "./manifest-files";
import { sampleRules } from "./sample-rules";

/**
 * What a schema of single fields cannot say: names that must be unique, references that must
 * lead somewhere, files that must be listed with their checksum, an extent that is one.
 *
 * @throws InputError for the first rule broken
 */
export function requireConsistent(manifest: Manifest, file: string): void {
  for (const rules of [extent, areaRules, uniqueNames, layerRules, sampleRules, fileRules]) {
    const [broken] = rules(manifest);
    if (broken !== undefined) throw new InputError({ kind: "manifest", file, ...broken });
  }
}

function extent({ region }: Manifest): BrokenRule[] {
  if (region.east > region.west && region.north > region.south) return [];
  return [
    {
      field: "region",
      found: JSON.stringify(region),
      expected: "east > west and north > south",
    },
  ];
}

function areaRules({ area, samples }: Manifest): BrokenRule[] {
  if (area?.from !== "samples" || samples !== null) return [];
  const expected = "samples, around which the area is";
  return [{ field: "area", found: '"from": "samples" without samples', expected }];
}

/** Under these the study's own occurrences are kept. */
const GROUP_IDS = ["all", "main", "others", "companions"];

function uniqueNames({ vectors, evidence, occurrences }: Manifest): BrokenRule[] {
  const groups = (occurrences.groups ?? []).map(({ id }) => id);
  return [
    ...repeated("occurrences.groups.id", [...GROUP_IDS, ...groups]),
    ...repeated(
      "vectors.name",
      vectors.map(({ name }) => name),
    ),
    ...repeated(
      "evidence.id",
      evidence.map(({ id }) => id),
    ),
    ...repeated(
      "evidence.label",
      evidence.map(({ label }) => label),
    ),
  ];
}

function layerRules(manifest: Manifest): BrokenRule[] {
  const layers = manifest.vectors.map(({ name }) => name);
  const expected = `one of the vectors: ${layers.join(", ") || "none"}`;
  return layerReferences(manifest)
    .filter(([, layer]) => !layers.includes(layer))
    .map(([field, layer]) => ({ field, found: `"${layer}"`, expected }));
}

function layerReferences({ drawn, geology, zones, evidence }: Manifest): [string, string][] {
  const references: [string, string][] = drawn.map((layer, index) => [`drawn[${index}]`, layer]);
  geology.forEach(({ layer }, index) => {
    references.push([`geology[${index}].layer`, layer]);
  });
  if (zones?.from === "line") references.push(["zones.layer", zones.layer]);
  evidence.forEach(({ origin }, index) => {
    if (origin.from === "vectors")
      references.push([`evidence[${index}].origin.layer`, origin.layer]);
  });
  return references;
}

function fileRules(manifest: Manifest): BrokenRule[] {
  const used = inputFiles(manifest);
  const unlisted = used
    .filter(({ path }) => manifest.files[path] === undefined)
    .map(({ field, path }) => ({
      field,
      found: `"${path}", which "files" does not list`,
      expected: 'every input file under "files" with its SHA-256',
      remedy: `sha256sum ${path} prints it.`,
    }));
  const spare = Object.keys(manifest.files)
    .filter((path) => !used.some((input) => input.path === path))
    .map((path) => ({
      field: "files",
      found: `"${path}", which no other field uses`,
      expected: "only files that are inputs",
    }));
  return [...unlisted, ...spare];
}
