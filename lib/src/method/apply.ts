import { canonicalJson } from "../runs/store";
import type { Method, MethodFile, MethodName, Profile } from "./parameters";
import { requireMethodName, requireValue } from "./value";
import { valueFromText } from "./value-text";
import type { Variant } from "./variant";

/** A value that is not the file's, and who set it. */
export interface Change {
  readonly name: MethodName;
  /** What the file says for this profile. */
  readonly from: unknown;
  readonly to: unknown;
  readonly by: "the notebook" | "the command line" | `variant ${string}`;
}

/** The parameters as they apply, and which of them are not as the file has them. */
export interface AppliedMethod {
  readonly method: Method;
  /** Study and profile are not among them: they are no choice of the method. */
  readonly changes: readonly Change[];
}

/** What goes before the file: values of a call, of a variant, and text from the command line, which goes first. */
export interface Overrides {
  readonly notebook?: { readonly [name: string]: unknown };
  readonly variant?: Variant | null;
  readonly commandLine?: { readonly [name: string]: string };
}

/**
 * The method as it applies: values of the file, those of a notebook's call before them, those of a
 * variant before both, and those of the command line before all. A value that is set holds in every
 * profile.
 *
 * @throws InputError for an unknown name, which lists the nearest, and for a value of another shape
 *   or out of range
 */
export function applyMethod(
  file: MethodFile,
  { notebook = {}, variant = null, commandLine = {} }: Overrides,
): AppliedMethod {
  const set = new Map<MethodName, { value: unknown; by: Change["by"] }>();
  for (const [given, value] of Object.entries(notebook)) {
    const name = requireMethodName(given, "openNotebook");
    set.set(name, { value: requireValue(name, value, file), by: "the notebook" });
  }
  for (const [given, value] of variant === null ? [] : valuesOf(variant)) {
    const name = requireMethodName(given, `variant ${variant?.name}`);
    set.set(name, { value: requireValue(name, value, file), by: `variant ${variant?.name}` });
  }
  for (const [given, text] of Object.entries(commandLine)) {
    const name = requireMethodName(given, "--set");
    set.set(name, { value: valueFromText(name, text, file), by: "the command line" });
  }
  const profile = (set.get("profile")?.value ?? file.parameters.profile.value) as Profile;
  const names = Object.keys(file.parameters) as MethodName[];
  const written = (name: MethodName) => {
    const { value, smoke } = file.parameters[name];
    return profile === "smoke" && smoke !== undefined ? smoke : value;
  };
  const method = Object.fromEntries(
    names.map((name) => [name, set.has(name) ? set.get(name)?.value : written(name)]),
  );
  const changes = [...set].flatMap(([name, { value, by }]): Change[] => {
    const from = written(name);
    const isChoice = name !== "study" && name !== "profile";
    return isChoice && canonicalJson(from) !== canonicalJson(value)
      ? [{ name, from, to: value, by }]
      : [];
  });
  // Every value has been held against the shape of its name.
  return { method: method as unknown as Method, changes };
}

function valuesOf({ profile, settings }: Variant): [string, unknown][] {
  return Object.entries({ ...settings, profile });
}

/**
 * A method with some values changed, as a step is asked for it.
 *
 * @throws InputError as applyMethod
 */
export function changedMethod(
  method: Method,
  changes: Partial<Method>,
  file: MethodFile,
  where: string,
): Method {
  const checked = Object.entries(changes).map(([given, value]) => {
    const name = requireMethodName(given, where);
    return [name, requireValue(name, value, file)];
  });
  return { ...method, ...Object.fromEntries(checked) };
}
