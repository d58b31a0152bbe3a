import { InputError } from "../errors";
import type { Manifest } from "./manifest";

/**
 * What a schema of single fields cannot say: names that must be unique, references that must
 * lead somewhere, files that must be listed with their checksum, an extent that is one.
 *
 * @throws InputError for the first rule broken
 */
export function requireConsistent(manifest: Manifest, file: string): void {
  const refuse = (field: string, found: string, expected: string, remedy?: string) =>
    new InputError({
      kind: "manifest",
      file,
      field,
      found,
      expected,
      ...(remedy === undefined ? {} : { remedy }),
    });
  const { region, vectors, evidence } = manifest;
  if (!(region.east > region.west && region.north > region.south)) {
    throw refuse("region", JSON.stringify(region), "east > west and north > south");
  }
  const layers = vectors.map(({ name }) => name);
  const unique: [string, readonly string[]][] = [
    ["vectors.name", layers],
    ["evidence.id", evidence.map(({ id }) => id)],
    ["evidence.label", evidence.map(({ label }) => label)],
  ];
  for (const [field, values] of unique) {
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw refuse(field, `"${twice}" twice`, "each once");
  }
  for (const [field, layer] of layerReferences(manifest)) {
    if (!layers.includes(layer)) {
      throw refuse(field, `"${layer}"`, `one of the vectors: ${layers.join(", ") || "none"}`);
    }
  }
  const used = fileReferences(manifest);
  for (const [field, path] of used) {
    if (manifest.files[path] === undefined) {
      throw refuse(
        field,
        `"${path}", which "files" does not list`,
        'every input file under "files" with its SHA-256',
        `sha256sum ${path} prints it.`,
      );
    }
  }
  const spare = Object.keys(manifest.files).find(
    (path) => !used.some(([, other]) => other === path),
  );
  if (spare !== undefined) {
    throw refuse("files", `"${spare}", which no other field uses`, "only files that are inputs");
  }
}

function layerReferences({ drawn, zones, evidence }: Manifest): [string, string][] {
  const references: [string, string][] = drawn.map((layer, index) => [`drawn[${index}]`, layer]);
  if (zones?.from === "line") references.push(["zones.layer", zones.layer]);
  evidence.forEach(({ origin }, index) => {
    if (origin.from === "vectors")
      references.push([`evidence[${index}].origin.layer`, origin.layer]);
  });
  return references;
}

function fileReferences({ occurrences, vectors, zones, evidence }: Manifest): [string, string][] {
  const references: [string, string][] = [["occurrences.file", occurrences.file]];
  vectors.forEach(({ file }, index) => {
    references.push([`vectors[${index}].file`, file]);
  });
  if (zones?.from === "polygons") references.push(["zones.file", zones.file]);
  evidence.forEach(({ origin }, index) => {
    if (origin.from === "geotiff") references.push([`evidence[${index}].origin.file`, origin.file]);
  });
  return references;
}
