/** What of the lerc package is used; it brings no types. */
declare module "lerc" {
  interface LercBlock {
    readonly width: number;
    readonly height: number;
    readonly dimCount: number;
    readonly pixels: readonly (Float32Array | Float64Array | Int32Array | Uint8Array)[];
    /** 0 where a pixel has no value; null or absent where all have one. */
    readonly mask?: Uint8Array | null;
  }
  const Lerc: {
    decode(bytes: ArrayBuffer, options: { returnPixelInterleavedDims: boolean }): LercBlock;
  };
  export default Lerc;
}
