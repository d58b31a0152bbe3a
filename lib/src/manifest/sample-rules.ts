import { type BrokenRule, repeated } from "./broken-rule";
import { gridRules, repeatedGrids } from "./grid-manifest";
import type { Manifest, SamplesInput } from "./manifest";
import type { SampleOrigin } from "./origins";

/** Rules of samples, of element grids and of the evidence that is made from them. */
export function sampleRules({ samples, grids, evidence }: Manifest): BrokenRule[] {
  const ofLayers = evidence.flatMap(({ origin }, index) =>
    origin.from === "samples" ? layerRules(origin, `evidence[${index}].origin`, samples) : [],
  );
  const ofGrids = evidence.flatMap(({ origin }, index) =>
    origin.from === "grids" ? gridRules(origin, `evidence[${index}].origin`, grids) : [],
  );
  const ofSamples = samples === null ? ofLayers : [...elementRules(samples), ...ofLayers];
  return [...ofSamples, ...repeatedGrids(grids), ...ofGrids];
}

function elementRules({ elements, sheet, levelling }: SamplesInput): BrokenRule[] {
  const unlevelled = levelling !== undefined && sheet === undefined;
  const limits = elements.flatMap(({ detectionLimit = 0, upperLimit }, index) =>
    upperLimit === undefined || upperLimit > detectionLimit
      ? []
      : [
          {
            field: `samples.elements[${index}].upperLimit`,
            found: `${upperLimit}`,
            expected: `more than the detection limit, ${detectionLimit}`,
          },
        ],
  );
  return [
    ...repeated(
      "samples.elements.element",
      elements.map(({ element }) => element),
    ),
    ...repeated(
      "samples.elements.column",
      elements.map(({ column }) => column),
    ),
    ...limits,
    ...(unlevelled
      ? [{ field: "samples.levelling", found: `"${levelling}"`, expected: 'a column "sheet"' }]
      : []),
  ];
}

function layerRules(
  origin: SampleOrigin,
  field: string,
  samples: SamplesInput | null,
): BrokenRule[] {
  if (samples === null) {
    return [{ field, found: '"samples" as the source', expected: 'a field "samples"' }];
  }
  const known = samples.elements.map(({ element }) => element);
  const named = origin.method === "principalComponent" ? origin.elements : [origin.element];
  const unknown = (named ?? [])
    .filter((element) => !known.includes(element))
    .map((element) => ({
      field: `${field}.${origin.method === "principalComponent" ? "elements" : "element"}`,
      found: `"${element}"`,
      expected: `one of the samples' elements: ${known.join(", ")}`,
    }));
  if (origin.method === "singularity") return [...unknown, ...risingRule(origin, field)];
  if (origin.method === "principalComponent") {
    return [...unknown, ...componentRules(origin, field, known)];
  }
  return unknown;
}

function risingRule({ spacings }: { readonly spacings: readonly number[] }, field: string) {
  const rising = spacings.every((edge, at) => at === 0 || edge > spacings[at - 1]);
  if (rising) return [];
  const found = JSON.stringify(spacings);
  return [{ field: `${field}.spacings`, found, expected: "rising numbers" }];
}

function componentRules(
  { component, elements }: { readonly component: number; readonly elements?: readonly string[] },
  field: string,
  known: readonly string[],
): BrokenRule[] {
  const parts = (elements ?? known).length;
  if (component < parts) return repeated(`${field}.elements`, elements ?? []);
  return [
    {
      field: `${field}.component`,
      found: `${component}`,
      expected: `at most ${parts - 1}, one less than the ${parts} elements`,
    },
  ];
}
