import type { GridGeometry } from "../grid/grid";

/** Where a patch lies: its place in the patch grid and its north-west pixel in the raster. */
export interface PatchPlace {
  readonly row: number;
  readonly column: number;
  readonly pixelRow: number;
  readonly pixelColumn: number;
}

/** How a raster was cut into square windows. */
export interface PatchLayout {
  /** Geometry of the raster that was cut. */
  readonly raster: GridGeometry;
  /** Edge of a patch in pixels. */
  readonly size: number;
  /** Pixels from one patch to the next; equal to size for patches that do not overlap. */
  readonly stride: number;
  /** Rows and columns of the patch grid, before patches are left out. */
  readonly rows: number;
  readonly columns: number;
}

/** A patch left out because too much of it is nodata. */
export interface LeftOutPatch extends PatchPlace {
  /** Share of pixels that are nodata in at least one band, 0 to 1. */
  readonly nodataShare: number;
}

/** Square windows of an evidence stack, ready for the networks. */
export interface Patches {
  readonly layout: PatchLayout;
  /** Band labels in the order of the last axis. */
  readonly bands: readonly string[];
  /** [count, size, size, bands], row-major from the north-west corner of each patch. */
  readonly values: Float32Array;
  /** One place a patch, in the order of the first axis: row by row from the north-west. */
  readonly places: readonly PatchPlace[];
  readonly leftOut: readonly LeftOutPatch[];
}
