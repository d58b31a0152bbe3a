import type { PackedDistrict, PlaygroundParameters } from "../protocol";
import { differing, NAMES } from "./parameters";

/** How the notebooks are run by the same parameters, and what a command cannot say. */
export interface NotebookCommand {
  readonly command: string;
  /** Null where the command says all. */
  readonly remark: string | null;
}

/** The command that runs all notebooks by some parameters: what differs from method.json, no more. */
export function notebookCommand(
  district: Pick<PackedDistrict, "study" | "coarsening" | "layers" | "parameters">,
  parameters: PlaygroundParameters,
): NotebookCommand {
  const { study, coarsening, layers, parameters: own } = district;
  const pixels = coarsening === 1 ? [] : [`--set coarsening=${coarsening}`];
  const options = differing(own, parameters, NAMES).flatMap((name) => {
    if (name === "layers") return [];
    return name === "seed"
      ? [`--seed ${parameters.seed}`]
      : [`--set ${name}=${String(parameters[name])}`];
  });
  const left = layers.filter(({ id: layer }) => !parameters.layers.includes(layer));
  const remark =
    left.length === 0
      ? null
      : `Layers are chosen in data/${study}/study.json, not on the command line: take ${left
          .map(({ title }) => title)
          .join(", ")} out of its evidence. Notebook 03 leaves out each layer in turn.`;
  return {
    command: ["npm run study --", `--study ${study}`, ...pixels, ...options].join(" "),
    remark,
  };
}
