import type { Tensor } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { tf } from "../../tensorflow";
import type { ParameterPlace } from "./layout";
import type { Network } from "./network";

/** Where a model's values lie in memory. */
export interface WeightPlaces {
  readonly network: Network;
  readonly places: readonly (ParameterPlace | null)[];
  readonly parameters: number;
  readonly moving: readonly number[];
}

/** Each weight of a model with its address, its rows and how far they lie apart. */
function* weightsOf(model: LayersModel, { network, places, parameters, moving }: WeightPlaces) {
  for (const [at, { name }] of network.layers.entries()) {
    const place = places[at];
    if (place === null) continue;
    const layer = model.getLayer(name);
    const [first, second, ...others] = layer.getWeights();
    const columns = first.shape[first.shape.length - 1];
    const rows = first.size / columns;
    const { row } = place;
    const at1 = { address: parameters + place.weights, rows, columns, row };
    const at2 = { address: parameters + place.bias, rows: 1, columns, row };
    const rest = others.map((_, index) => ({
      address: moving[at] + index * row * 4,
      rows: 1,
      columns,
      row,
    }));
    yield { layer, weights: [first, second, ...others], spots: [at1, at2, ...rest] };
  }
}

/** Copies a model's weights into memory, rows filled up with zeros. */
export function copyIn(model: LayersModel, floats: Float32Array, places: WeightPlaces): void {
  for (const { weights, spots } of weightsOf(model, places)) {
    weights.forEach((weight: Tensor, index) => {
      const values = weight.dataSync() as Float32Array;
      const { address, rows, columns, row } = spots[index];
      for (let at = 0; at < rows; at++) {
        floats.set(values.subarray(at * columns, (at + 1) * columns), (address >>> 2) + at * row);
      }
    });
  }
}

/** Copies trained weights back into the model. */
export function copyOut(model: LayersModel, floats: Float32Array, places: WeightPlaces): void {
  for (const { layer, weights, spots } of weightsOf(model, places)) {
    const trained = weights.map((weight: Tensor, index) => {
      const { address, rows, columns, row } = spots[index];
      const values = new Float32Array(weight.size);
      for (let at = 0; at < rows; at++) {
        const from = (address >>> 2) + at * row;
        values.set(floats.subarray(from, from + columns), at * columns);
      }
      return tf.tensor(values, weight.shape);
    });
    layer.setWeights(trained);
    tf.dispose(trained);
  }
}
