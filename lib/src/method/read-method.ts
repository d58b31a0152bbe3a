import { readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../errors";
import { isTooDeep, TOO_DEEP } from "../json";
import type { MethodFile, MethodName, Parameter } from "./parameters";
import { SHAPES } from "./shapes";
import { requireMethodName, requireValue } from "./value";

const parameter = z.strictObject({
  value: z.unknown(),
  smoke: z.unknown().optional(),
  range: z.tuple([z.number(), z.number()]).exactOptional(),
  choices: z.array(z.string()).min(1).exactOptional(),
  unit: z.string().min(1).exactOptional(),
  origin: z.enum(["published", "open", "ours"]),
  what: z.string().min(1),
});

const schema = z.strictObject({
  parameters: z.record(z.string(), parameter),
  notebooks: z.record(z.string(), z.array(z.string())),
  exercises: z.record(
    z.string(),
    z.array(z.strictObject({ step: z.string(), with: z.record(z.string(), z.unknown()) })),
  ),
});

/**
 * Reads the file of the method, notebooks/method.json, and checks it whole: every parameter is there
 * once, no other is, and every value, that of the smoke profile too, is of its shape and range.
 *
 * @throws InputError that names the file and the field
 */
export function readMethod(path: string, file = "notebooks/method.json"): MethodFile {
  const parsed = schema.safeParse(jsonOf(path, file));
  if (!parsed.success) {
    const { path: field, message } = parsed.error.issues[0];
    throw methodError(file, field.join("."), message);
  }
  const { parameters, notebooks, exercises } = parsed.data;
  for (const name of Object.keys(parameters)) requireMethodName(name, file);
  const missing = Object.keys(SHAPES).find((name) => !Object.hasOwn(parameters, name));
  if (missing !== undefined) throw methodError(file, missing, "nothing");
  const method = {
    ...{ file, notebooks, exercises },
    parameters: parameters as unknown as MethodFile["parameters"],
  };
  for (const [name, { value, smoke }] of Object.entries(method.parameters) as [
    MethodName,
    Parameter,
  ][]) {
    requireValue(name, value, method);
    if (smoke !== undefined) requireValue(name, smoke, method);
  }
  for (const { with: values } of Object.values(exercises).flat()) {
    for (const [given, value] of Object.entries(values)) {
      requireValue(requireMethodName(given, `${file}, exercises`), value, method);
    }
  }
  return method;
}

function jsonOf(path: string, file: string): unknown {
  try {
    const text = readFileSync(path, "utf8");
    if (isTooDeep(text)) throw new Error(TOO_DEEP);
    return JSON.parse(text);
  } catch (cause) {
    throw methodError(file, undefined, cause instanceof Error ? cause.message : String(cause));
  }
}

function methodError(file: string, field: string | undefined, found: string): InputError {
  return new InputError({
    kind: "parameter",
    ...{ file, ...(field !== undefined && { field }), found },
    expected: "JSON with each parameter of the method once: value, origin and what it does",
    remedy: "git checkout notebooks/method.json brings the shipped one back.",
  });
}
