import { errorsBySize, sizeMetrics } from "../findings/patch-sizes";
import { reliabilityMetrics } from "../findings/reliability";
import { compareScalings, scalingMetrics } from "../findings/scaling";
import { errorStability, stabilityMetrics } from "../findings/stability";
import { patchesBySize } from "../patches/by-size";
import { tilePatches } from "../patches/tile";
import { autoencoderTrials } from "../runs/autoencoder-trial";
import { errorByLayer } from "../runs/error-by-layer";
import { errorReliability } from "../runs/reliability";
import type { EvidenceSteps } from "./evidence-steps";
import { AUTOENCODER, autoencoderOptions, blocksOf } from "./network-options";
import { definer, type StepContext, step } from "./step";
import { autoencoders } from "./work";

type Before = Pick<EvidenceSteps, "evidence">;

/** Steps from patches to the reconstruction error, and to how far it can be trusted. */
export function errorSteps(context: StepContext, before: Before) {
  const { study } = context;
  const define = definer(context);
  const { evidence } = before;

  const patches = define("patches", {
    needs: { evidence },
    reads: ["patchSize"],
    compute: ({ from, method }) => tilePatches(from.evidence.scaled, { size: method.patchSize }),
  });
  const patchSizes = define("patchSizes", {
    needs: { evidence },
    reads: ["patchSizes"],
    compute: ({ from, method }) => patchesBySize(from.evidence.scaled, method.patchSizes),
  });
  const autoencoder = step(context, "autoencoder", {
    needs: { patches },
    reads: AUTOENCODER,
    work: (method) => [autoencoders(method, 1)],
    compute: (tasks) =>
      autoencoderTrials(
        context.run,
        tasks.map(({ from, method, label }) => ({
          label: label === "" ? "All evidence" : label,
          patches: from.patches,
          options: autoencoderOptions(method),
          seed: method.seed,
        })),
      ),
  });
  const errorsByPatchSize = define("errorsByPatchSize", {
    needs: { patchSizes },
    asks: [autoencoder],
    reads: ["patchSizes", ...AUTOENCODER, "blockPatches"],
    work: (method) => [autoencoders(method, method.patchSizes.length)],
    async compute({ from, method, askEach }) {
      const { fitting } = from.patchSizes;
      const sizes = fitting.map(({ layout }) => ({ patchSize: layout.size }));
      return errorsBySize(fitting, await askEach(autoencoder, sizes), blocksOf(method));
    },
    metrics: sizeMetrics,
  });
  const stability = define("stability", {
    needs: { patches },
    asks: [autoencoder],
    reads: ["longEpochs", ...AUTOENCODER, "blockPatches"],
    work(method) {
      const { epochs, longEpochs } = method;
      // Three as the method has them, and one that takes as long as its epochs say.
      return [autoencoders(method, 3 + Math.round(longEpochs / epochs))];
    },
    async compute({ from, method, askEach }) {
      const { epochs, longEpochs, seed, members } = method;
      const [reduced, base, long, reseeded] = await askEach(autoencoder, [
        { architecture: "reduced" },
        {},
        { epochs: longEpochs },
        { seed: seed + members },
      ]);
      const trials = {
        reduced: { ...reduced, label: "Layer reduction" },
        base: { ...base, label: `${epochs} epochs` },
        long: { ...long, label: `${longEpochs} epochs` },
        reseeded: { ...reseeded, label: "Another seed" },
      };
      return errorStability(study, from.patches, trials, blocksOf(method));
    },
    metrics: stabilityMetrics,
  });
  const reliability = define("reliability", {
    needs: { patches },
    reads: [...AUTOENCODER, "repeats", "blockPatches"],
    work: (method) => [autoencoders({ ...method, members: 1 }, 2 * method.repeats)],
    compute: ({ from, method, run }) =>
      errorReliability(run, from.patches, autoencoderOptions(method), {
        members: method.repeats,
        blocks: blocksOf(method),
      }),
    metrics: reliabilityMetrics,
  });
  const layerErrors = define("layerErrors", {
    needs: { patches, stability },
    reads: [],
    compute: ({ from: { patches: all, stability: found } }) =>
      errorByLayer(found.base, found.reseeded, all),
  });
  const scaling = define("scaling", {
    needs: { evidence, patches, stability, layerErrors },
    asks: [autoencoder],
    reads: ["percentiles", "otherPercentiles", ...AUTOENCODER, "blockPatches"],
    work: (method) => [autoencoders(method, 1)],
    async compute({ from, method, ask }) {
      const { percentiles, otherPercentiles } = method;
      const [trial, layers] = [from.stability.base, from.layerErrors];
      const own = { percentiles, evidence: from.evidence, trial, layers };
      const otherwise = { percentiles: otherPercentiles };
      const [rescaled, cut] = [await ask(evidence, otherwise), await ask(patches, otherwise)];
      const trained = await ask(autoencoder, otherwise);
      const byLayer = await errorByLayer(trained, trained, cut);
      const other = { ...otherwise, evidence: rescaled, trial: trained, layers: byLayer };
      return compareScalings(own, other, from.patches, blocksOf(method));
    },
    metrics: scalingMetrics,
  });

  return {
    patches,
    patchSizes,
    autoencoder,
    errorsByPatchSize,
    stability,
    reliability,
    layerErrors,
    scaling,
  };
}

/** The same, by name. */
export type ErrorSteps = ReturnType<typeof errorSteps>;
