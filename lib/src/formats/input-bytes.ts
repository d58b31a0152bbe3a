/** The bytes of the study's input files by path. */
export type InputBytes = ReadonlyMap<string, Buffer>;
