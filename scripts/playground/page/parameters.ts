import type { InputError } from "../../../lib/src/errors";
import type { Method, MethodFile } from "../../../lib/src/method/parameters";
import { rangeText } from "../../../lib/src/method/value";
import { valueFromText, valueText } from "../../../lib/src/method/value-text";
import methodJson from "../../../notebooks/method.json";
import type { PlaygroundParameters } from "../protocol";

/** Name of anything that a reader can turn. */
export type ParameterName = keyof PlaygroundParameters;

/** Those that notebooks/method.json describes: all but the choice of layers. */
export type MethodParameter = Exclude<ParameterName, "layers">;

/** What decides the patches and the baselines. */
export const EVIDENCE = ["layers", "patchSize", "percentiles", "pcaVarianceShare"] as const;

/** What decides the auto-encoder beside its patches. */
export const AUTOENCODER = [
  ...(["architecture", "filters", "epochs", "batchSize", "learningRate"] as const),
  ...(["loss", "outputActivation", "seed"] as const),
] as const;

/** What decides the classifier beside the errors that label its patches. */
export const CLASSIFIER = [
  ...(["proportion", "classifierFilters", "dense", "dropout", "batchNormalisation"] as const),
  ...(["classifierEpochs"] as const),
] as const;

/** All parameters, in the order of the method. */
export const NAMES: readonly ParameterName[] = [
  ...EVIDENCE,
  ...AUTOENCODER,
  ...CLASSIFIER,
  "threshold",
];

/** The file of the method as it was when the page was built: the one place for words and ranges. */
const METHOD = { file: "notebooks/method.json", ...methodJson } as unknown as MethodFile;

/** What a parameter is, in the words of notebooks/method.json. */
export function described(name: MethodParameter) {
  const parameter = METHOD.parameters[name];
  return {
    title: spaced(name),
    what: `${parameter.what}.`,
    allowed: rangeText(parameter),
    range: parameter.range ?? null,
    choices: parameter.choices ?? null,
    origin: { published: "as published", open: "the paper leaves it open", ours: "ours" }[
      parameter.origin
    ],
  };
}

/**
 * A value as its parameter wants it, from a text such as 16,32.
 *
 * @throws InputError that names the parameter and what it takes
 */
export function valueOfText<K extends MethodParameter>(name: K, text: string): Method[K] {
  return valueFromText(name, text, METHOD);
}

/** What a parameter takes, in words, for a value that it does not take. */
export function expectedText(name: MethodParameter, { details: { expected } }: InputError): string {
  // A text where a number is wanted is said by the schema in words of its own.
  return expected.includes("received") ? described(name).allowed : expected;
}

/** Whether two values of a parameter are the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Which of some parameters differ. */
export function differing(
  one: PlaygroundParameters,
  other: PlaygroundParameters,
  names: readonly ParameterName[] = NAMES,
): ParameterName[] {
  return names.filter((name) => !isSame(one[name], other[name]));
}

/** Parameters with one of them changed. */
export function withValue<K extends ParameterName>(
  parameters: PlaygroundParameters,
  name: K,
  value: PlaygroundParameters[K],
): PlaygroundParameters {
  return { ...parameters, [name]: value };
}

/** A value for the eye: "16, 32", "yes", "mean squared error". */
export function shownValue(name: ParameterName, value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (name === "layers") {
    const { length } = value as readonly string[];
    return length === 1 ? "1 layer" : `${length} layers`;
  }
  return typeof value === "string" ? spaced(value).toLowerCase() : valueText(value);
}

/** "classifierFilters" as a reader writes it: "Classifier filters". */
export function spaced(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words[0].toUpperCase()}${words.slice(1)}`.replace(/^Pca/, "PCA");
}
