/** Evidence read from one band of a GeoTIFF in the study folder. */
export interface RasterOrigin {
  readonly from: "geotiff";
  readonly file: string;
  /** Band number, from 1 as GDAL counts. */
  readonly band: number;
  /** How it is brought onto the study grid; without it the raster must lie on it exactly. */
  readonly resample?: "nearest" | "bilinear" | "average";
}

/** Evidence computed from the features of one vector layer; see data/README.md for each method. */
export type VectorOrigin =
  | {
      readonly from: "vectors";
      readonly method:
        | "distance"
        | "distanceToPolygon"
        | "distanceToContact"
        | "insidePolygon"
        | "strikeSine"
        | "strikeCosine";
      readonly layer: string;
    }
  | {
      readonly from: "vectors";
      readonly method: "lineDensity";
      readonly layer: string;
      /** Radius of the counting circle in CRS units. */
      readonly radius: number;
    }
  | {
      readonly from: "vectors";
      readonly method: "distanceToBends";
      readonly layer: string;
      /** Smallest turn that counts as a bend, in degrees. */
      readonly bendAngle: number;
    }
  | {
      readonly from: "vectors";
      readonly method: "category";
      readonly layer: string;
      /** 1 inside polygons whose property has the value, 0 elsewhere. */
      readonly property: string;
      readonly value: string | number;
    }
  | {
      readonly from: "vectors";
      readonly method: "categoryWeights";
      readonly layer: string;
      readonly property: string;
      /** What polygons are worth by the property's value, numbers written as text. */
      readonly weights: Readonly<Record<string, number>>;
      /**
       * Of polygons with another value, and where there is none; without it the former are refused
       * and the latter nodata.
       */
      readonly others?: number;
    };

/** Inverse distance weighting of the values at samples. */
export interface InverseDistance {
  /** Power of the distance; 2 without it. */
  readonly power?: number;
  /** Nearest samples that take part; 12 without it. */
  readonly neighbours?: number;
}

/** Evidence computed from the samples; see data/README.md for each method. */
export type SampleOrigin =
  | ({
      readonly from: "samples";
      readonly method: "inverseDistance";
      readonly element: string;
      /** Interpolates logarithms; the layer is the natural logarithm. */
      readonly transform?: "log";
    } & InverseDistance)
  | {
      readonly from: "samples";
      readonly method: "kriging";
      readonly element: string;
      /** Nearest samples that take part. */
      readonly neighbours: number;
      /** Interpolates logarithms; the layer is the natural logarithm. */
      readonly transform?: "log";
    }
  | ({
      readonly from: "samples";
      readonly method: "singularity";
      readonly element: string;
      /** Edges of the square windows in sample spacings, rising. */
      readonly spacings: readonly number[];
      /** 2 minus the index, high where enriched, without it; or the index itself. */
      readonly statistic?: "enrichment" | "index";
      /** How the line through the windows is laid; by least squares without it. */
      readonly regression?: "leastSquares" | "theilSen";
    } & InverseDistance)
  | ({
      readonly from: "samples";
      readonly method: "principalComponent";
      /** From 1. */
      readonly component: number;
      /** Elements that take part; all without it. */
      readonly elements?: readonly string[];
    } & InverseDistance);

/** How a layer of element grids is brought to the study's pixels; by what fits when absent. */
interface FromGrids {
  readonly from: "grids";
  readonly resample?: "nearest" | "bilinear" | "average";
}

/** Evidence computed from element grids on their own pixels; see data/README.md for each method. */
export type GridOrigin =
  | (FromGrids & {
      readonly method: "value";
      readonly element: string;
      /** The natural logarithm. */
      readonly transform?: "log";
    })
  | (FromGrids & {
      readonly method: "singularity";
      readonly element: string;
      /** Edges of the square windows in pixels of the grid, odd and rising. */
      readonly pixels: readonly number[];
      readonly statistic?: "enrichment" | "index";
      readonly regression?: "leastSquares" | "theilSen";
    })
  | (FromGrids & {
      readonly method: "principalComponent";
      /** From 1. */
      readonly component: number;
      /** Elements that take part; all without it. */
      readonly elements?: readonly string[];
    });

/** Where the values of an evidence layer come from. */
export type EvidenceOrigin = RasterOrigin | VectorOrigin | SampleOrigin | GridOrigin;
