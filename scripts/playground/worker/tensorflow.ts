import "@tensorflow/tfjs-backend-cpu/dist/base";
import { dispose, ready, setBackend, tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { initializers, input, layers, model, sequential } from "@tensorflow/tfjs-layers";

/**
 * The little of TensorFlow.js that builds networks and draws their first weights, in the place of all of
 * it (lib/src/tensorflow.ts): the engine does the rest.
 */
export const tf = {
  ...{ dispose, ready, setBackend, tensor, tensor4d, tidy },
  ...{ initializers, input, layers, model, sequential },
};

/** The engine computes the networks, and nothing else can. */
export const engineComputes = (): boolean => true;
