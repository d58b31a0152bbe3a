import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { tf } from "../tensorflow";

/** A model as plain data: what its layers are, and their weights. */
export interface SerialisedModel {
  /** JSON of layers and of the names and shapes of the weights. */
  readonly topology: string;
  readonly weights: Uint8Array;
}

/** A model as plain data; the same model gives the same bytes. */
export async function serialiseModel(model: LayersModel): Promise<SerialisedModel> {
  let saved: io.ModelArtifacts | undefined;
  const keep = async (artifacts: io.ModelArtifacts) => {
    saved = artifacts;
    // The date of saving is not part of a model.
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" as const } };
  };
  await model.save(tf.io.withSaveHandler(keep));
  const { modelTopology, weightSpecs, weightData } = saved as io.ModelArtifacts;
  const parts = [weightData].flat().map((part) => Buffer.from(part as ArrayBuffer));
  return {
    topology: JSON.stringify({ modelTopology, weightSpecs }),
    weights: Uint8Array.from(Buffer.concat(parts)),
  };
}

/** The model that plain data describes, ready to predict; the caller disposes of it. */
export async function deserialiseModel({
  topology,
  weights,
}: SerialisedModel): Promise<LayersModel> {
  const artifacts = JSON.parse(topology) as io.ModelArtifacts;
  const weightData = Uint8Array.from(weights).buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ ...artifacts, weightData }));
}
