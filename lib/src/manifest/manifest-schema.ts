import { z } from "zod";
import { InputError } from "../errors";
import { area } from "./area-manifest";
import { requireBroughtFiles } from "./brought-files";
import { camelCase, epsg, fileName, positive, sha256, words } from "./field-schemas";
import { grids } from "./grid-manifest";
import type { Manifest } from "./manifest";
import { requireConsistent } from "./manifest-rules";
import { manifestJson } from "./manifest-text";
import { origin } from "./origin-schemas";
import { featureSource, occurrences, samples, zones } from "./source-schemas";

const schema: z.ZodType<Manifest> = z.strictObject({
  title: words,
  kind: z.enum(["real", "synthetic"]),
  licence: words,
  source: words,
  crs: z.strictObject({ epsg: epsg.nullable(), name: words }),
  region: z.strictObject({
    west: z.number(),
    east: z.number(),
    south: z.number(),
    north: z.number(),
  }),
  pixelSize: positive,
  area: area.nullable().default(null),
  mainCommodity: words,
  files: z.record(fileName, sha256),
  occurrences,
  samples: samples.nullable().default(null),
  grids: grids.nullable().default(null),
  vectors: z.array(z.strictObject({ name: words, ...featureSource })),
  drawn: z.array(words),
  geology: z
    .array(
      z.strictObject({
        layer: words,
        as: z.enum(["rock", "intrusion", "fault", "thrust"]),
        property: words.exactOptional(),
      }),
    )
    .default([]),
  zones: zones.nullable(),
  evidence: z
    .array(
      z.strictObject({
        id: camelCase,
        label: words,
        title: words,
        unit: z.string(),
        favourable: z.enum(["high", "low"]).nullable(),
        origin,
      }),
    )
    .min(1),
});

/**
 * A manifest from its text, JSON with or without comments.
 *
 * @param file how errors name it
 * @throws InputError for the first field that is unknown, missing or wrong
 */
export function parseManifest(text: string, file: string): Manifest {
  const raw = manifestJson(text, file);
  requireBroughtFiles(raw, file);
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    // A misspelt field is both unknown and missing; its own name helps more.
    const { issues } = parsed.error;
    const unknown = issues.find(({ code }) => code === "unrecognized_keys");
    throw manifestError(unknown ?? issues[0], raw, file);
  }
  requireConsistent(parsed.data, file);
  return parsed.data;
}

function manifestError(issue: z.core.$ZodIssue, raw: unknown, file: string): InputError {
  const found = issue.path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    raw,
  );
  if (issue.code === "unrecognized_keys") {
    return new InputError({
      kind: "manifest",
      file,
      field: fieldName([...issue.path, issue.keys[0]]),
      found: "an unknown field",
      expected: "only the fields that data/README.md lists",
      remedy: "Mend its spelling or take it out.",
    });
  }
  return new InputError({
    kind: "manifest",
    file,
    field: fieldName(issue.path),
    found: found === undefined ? "nothing" : shortened(JSON.stringify(found)),
    expected: expectedBy(issue),
    remedy: "data/README.md explains each field.",
  });
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "invalid_value") return `one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "too_small") return `more than or at least ${issue.minimum}`;
  if (issue.code === "too_big") return `at most ${issue.maximum}`;
  return issue.message;
}

function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
