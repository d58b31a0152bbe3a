import type { z } from "zod";
import { InputError } from "../errors";
import { nearestNames } from "./nearest-names";
import type { Method, MethodFile, MethodName, Parameter } from "./parameters";
import { SHAPES } from "./shapes";

/** Whether a name is that of a parameter. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(SHAPES, name);
}

/**
 * The name of a parameter.
 *
 * @param where what an error names: a file, "--set" or a call
 * @throws InputError that lists the nearest names
 */
export function requireMethodName(name: string, where: string): MethodName {
  if (isMethodName(name)) return name;
  throw new InputError({
    kind: "parameter",
    ...{ field: where, found: `"${name}"`, expected: "a parameter of notebooks/method.json" },
    remedy: `Nearest: ${nearestNames(name, Object.keys(SHAPES)).join(", ")}.`,
  });
}

/**
 * A value as its parameter wants it: of its shape, among its choices, every number in its range.
 *
 * @throws InputError that names the parameter and what it takes
 */
export function requireValue<K extends MethodName>(
  name: K,
  found: unknown,
  { parameters, file }: Pick<MethodFile, "parameters" | "file">,
): Method[K] {
  const { range, choices } = parameters[name];
  const refuse = (expected: string): never => {
    const remedy = `${parameters[name].what}.`;
    throw new InputError({
      kind: "parameter",
      ...{ file, field: name, found: JSON.stringify(found), expected, remedy },
    });
  };
  const parsed = (SHAPES[name] as z.ZodType<Method[K]>).safeParse(found);
  if (!parsed.success) return refuse(expectedBy(parsed.error.issues[0]));
  if (choices !== undefined && !choices.includes(String(found)))
    return refuse(choices.join(" or "));
  const beyond =
    range !== undefined && numbersIn(found).some((one) => one < range[0] || one > range[1]);
  return beyond ? refuse(rangeText(parameters[name])) : parsed.data;
}

/** The range of a parameter in words, such as "1 to 512 filters"; empty where it has none. */
export function rangeText({ range, choices, unit = "" }: Parameter): string {
  if (choices !== undefined) return choices.join(" or ");
  return range === undefined ? unit : `${range[0]} to ${range[1]} ${unit}`.trim();
}

function expectedBy({ message, path }: z.core.$ZodIssue): string {
  const where = path.length === 0 ? "" : ` at ${path.join(".")}`;
  return `${message.replace(/^Invalid input: expected /, "")}${where}`;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return Array.isArray(value) ? value.flatMap(numbersIn) : [];
}
