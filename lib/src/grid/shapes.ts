/** A line of two or more vertices as [easting, northing, easting, northing, ...] in CRS units. */
export type Line = Float64Array;

/** A polygon: the outer ring first, then holes; each ring closed, coordinates as in Line. */
export type Polygon = readonly Float64Array[];
