import type { LayersModel, layers as tfLayers } from "@tensorflow/tfjs";

type Layer = tfLayers.Layer;

type Activation = "linear" | "relu" | "sigmoid";

/** A layer as the engine computes it; weights stay with the model. */
export type EngineLayer = { readonly name: string } & (
  | {
      readonly kind: "convolution" | "dense";
      /** Channels, or values for a dense layer. */
      readonly inputs: number;
      readonly outputs: number;
      readonly activation: Activation;
      /** Whether a convolution doubles rows and columns first; the upsampling layer is left out. */
      readonly grows: boolean;
    }
  | { readonly kind: "pool" | "grow" | "flatten" }
  | {
      readonly kind: "normalise";
      readonly channels: number;
      readonly momentum: number;
      readonly epsilon: number;
    }
  | { readonly kind: "dropout"; readonly rate: number }
);

/** A chain of layers from patches of [size, size, bands]. */
export interface Network {
  readonly size: number;
  readonly bands: number;
  readonly layers: readonly EngineLayer[];
}

/** The network of a model, or the first layer of it that the engine does not know. */
export function networkOf(model: LayersModel): Network | { readonly unknown: string } {
  const [, height, width, bands] = model.inputs[0].shape as number[];
  if (model.inputs.length !== 1 || model.inputs[0].shape.length !== 4 || height !== width) {
    return { unknown: `an input of ${model.inputs[0].shape.join(" x ")}` };
  }
  const layers: EngineLayer[] = [];
  let previous: Layer | null = null;
  for (const layer of model.layers) {
    const isInput = layer.getClassName() === "InputLayer";
    if (previous !== null && layer.input !== previous.output) {
      return { unknown: `${layer.name}, which does not follow ${previous.name}` };
    }
    previous = layer;
    if (isInput) continue;
    const known = engineLayer(layer);
    if (known === null) return { unknown: `${layer.name} (${layer.getClassName()})` };
    const before = layers.at(-1);
    if (known.kind === "convolution" && before?.kind === "grow") {
      layers[layers.length - 1] = { ...known, grows: true };
    } else {
      layers.push(known);
    }
  }
  const problem = unsuited(layers);
  return problem === null ? { size: height, bands, layers } : { unknown: problem };
}

function engineLayer(layer: Layer): EngineLayer | null {
  const { name } = layer;
  const config = layer.getConfig();
  const is = (key: string, ...values: unknown[]) =>
    values.some((value) => JSON.stringify(config[key]) === JSON.stringify(value));
  const inputs = (layer.input as { shape: number[] }).shape.at(-1) as number;
  const { activation } = config as { activation?: string };
  const isKnown = activation === "linear" || activation === "relu" || activation === "sigmoid";
  switch (layer.getClassName()) {
    case "Conv2D": {
      const fits =
        is("kernelSize", [3, 3]) &&
        is("strides", [1, 1], 1) &&
        is("padding", "same") &&
        is("dilationRate", [1, 1], 1, null) &&
        is("useBias", true);
      if (!fits || !isKnown) return null;
      return {
        kind: "convolution",
        name,
        inputs,
        outputs: Number(config.filters),
        activation,
        grows: false,
      };
    }
    case "Dense":
      if (!isKnown || !is("useBias", true)) return null;
      return {
        kind: "dense",
        name,
        inputs,
        outputs: Number(config.units),
        activation,
        grows: false,
      };
    case "MaxPooling2D":
      return is("poolSize", [2, 2]) && is("strides", [2, 2]) ? { kind: "pool", name } : null;
    case "UpSampling2D":
      return is("size", [2, 2]) && !is("interpolation", "bilinear") ? { kind: "grow", name } : null;
    case "Flatten":
      return { kind: "flatten", name };
    case "Dropout":
      return { kind: "dropout", name, rate: Number(config.rate) };
    case "BatchNormalization": {
      const fits = is("axis", -1, 3) && is("scale", true) && is("center", true);
      const { momentum, epsilon } = config as { momentum: number; epsilon: number };
      return fits ? { kind: "normalise", name, channels: inputs, momentum, epsilon } : null;
    }
    default:
      return null;
  }
}

/** What no kernel is written for: rare shapes, left to TensorFlow.js. */
function unsuited(layers: readonly EngineLayer[]): string | null {
  let channels = 4;
  for (const [at, layer] of layers.entries()) {
    const isLast = at === layers.length - 1;
    if (layer.kind === "convolution" || layer.kind === "dense") {
      if (layer.activation === "sigmoid" && !isLast)
        return `${layer.name}, a sigmoid amid the chain`;
      channels = layer.outputs;
    } else if (isLast || at === 0) {
      return `${layer.name}, which is ${isLast ? "last" : "first"}`;
    } else if (layer.kind === "flatten" && channels % 4 !== 0) {
      return `${layer.name} of ${channels} channels, no multiple of 4`;
    }
  }
  return null;
}
