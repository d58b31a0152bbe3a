import type { LayersModel, SymbolicTensor, layers as tfLayers } from "@tensorflow/tfjs-layers";

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
  | { readonly kind: "pool" | "grow" | "flatten" | "relu" | "average" }
  | {
      readonly kind: "normalise";
      readonly channels: number;
      readonly momentum: number;
      readonly epsilon: number;
    }
  | { readonly kind: "dropout"; readonly rate: number }
  /** Adds the output of an earlier layer, by its number: the shortcut of a residual block. */
  | { readonly kind: "add"; readonly channels: number; readonly from: number }
  /** Draws values from means and logarithms of variances, which its input holds one after the other. */
  | { readonly kind: "sample"; readonly outputs: number }
  /** Makes an image of a row of values. */
  | { readonly kind: "unfold"; readonly h: number; readonly w: number; readonly c: number }
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
    const shortcut = previous === null ? null : shortcutOf(layer, previous);
    if (previous !== null && shortcut === null && layer.input !== previous.output) {
      return { unknown: `${layer.name}, which does not follow ${previous.name}` };
    }
    previous = layer;
    if (isInput) continue;
    const known = shortcut === null ? engineLayer(layer) : addition(layer, shortcut, layers);
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

/** The other tensor that a layer adds to the output of the one before it; null where it adds none. */
function shortcutOf(layer: Layer, previous: Layer): SymbolicTensor | null {
  if (layer.getClassName() !== "Add") return null;
  const inputs = [layer.input].flat();
  const others = inputs.filter((input) => input !== previous.output);
  return inputs.length === 2 && others.length === 1 ? others[0] : null;
}

/** An addition of what a relu or a pool has made, which no later layer writes over. */
function addition(
  { name }: Layer,
  { sourceLayer, shape }: SymbolicTensor,
  layers: readonly EngineLayer[],
): EngineLayer | null {
  const from = layers.findIndex((earlier) => earlier.name === sourceLayer.name);
  const source = layers[from]?.kind;
  if (source !== "relu" && source !== "pool") return null;
  return { kind: "add", name, channels: shape[shape.length - 1] as number, from };
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
    case "GlobalAveragePooling2D":
      return { kind: "average", name };
    case "Activation":
      return activation === "relu" ? { kind: "relu", name } : null;
    case "LatentSample":
      return { kind: "sample", name, outputs: inputs / 2 };
    case "Reshape": {
      const [h, w, c] = config.targetShape as number[];
      return h > 0 && w > 0 && c > 0 ? { kind: "unfold", name, h, w, c } : null;
    }
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
    } else if (layer.kind === "unfold") {
      channels = layer.c;
    } else if (layer.kind === "flatten" && channels % 4 !== 0) {
      return `${layer.name} of ${channels} channels, no multiple of 4`;
    }
  }
  return null;
}
