import { InputError } from "../errors";
import type { Manifest, VectorInput } from "../manifest/manifest";
import type { FeatureSource } from "../manifest/sources";
import type { VectorLayer } from "../study/types";
import { vectorLayer } from "../study/vectors";
import { areDegrees } from "./columns";
import { freeName } from "./names";
import { type SourceFile, sourceFeatures } from "./source-file";
import type { Wishes } from "./wishes";

/** A file of lines or polygons as a manifest describes it, and what was found in it. */
export interface VectorFile {
  readonly source: FeatureSource;
  readonly shapes: VectorLayer;
  readonly epsg: number | null;
  /** Its first vertex, in the file's CRS. */
  readonly place: readonly [number, number];
  readonly note: string;
}

/** @throws InputError when it cannot be read, or holds something else */
export function vectorFile(from: SourceFile): VectorFile {
  const { format, file } = from;
  if (format === "csv") {
    throw new InputError({
      ...{ kind: "format", file, found: "a table", expected: "lines or polygons" },
      remedy: "Give them as GeoJSON, shapefile, GeoPackage or another file of features.",
    });
  }
  const { features, epsg } = sourceFeatures(from);
  const shapes = vectorLayer(file, features, file);
  const [part] = [...shapes.lines, ...shapes.polygons.flat()];
  const place = [part[0], part[1]] as const;
  const degrees = epsg === null && inDegrees(shapes);
  const { lines, polygons } = shapes;
  const code = degrees ? 4326 : epsg;
  const system =
    code === null
      ? "in the study's CRS, as it names none"
      : `EPSG:${code}${degrees ? ", taken from coordinates that look like degrees" : ""}`;
  const note = `${file}: ${lines.length} lines, ${polygons.length} polygons; ${system}`;
  return { source: { format, file }, shapes, epsg: code, place, note };
}

function inDegrees({ lines, polygons }: VectorLayer): boolean {
  return [...lines, ...polygons.flat()].every((part) => {
    const places = Array.from(
      { length: part.length / 2 },
      (_, at) => [part[2 * at], part[2 * at + 1]] as const,
    );
    return areDegrees(places);
  });
}

/** Zones, and the line that divides them when it is not one of the vectors. */
export interface ZonesFound {
  readonly zones: NonNullable<Manifest["zones"]>;
  readonly vectors: readonly VectorInput[];
  readonly notes: readonly string[];
}

/**
 * Zones from polygons with a property that names them, or from the two sides of a line.
 *
 * @param vectors of the study; a line among them is not taken twice
 * @throws InputError when no property of polygons is a name throughout, or several are
 */
export function zonesFound(
  { source, shapes }: VectorFile,
  { zoneProperty, sides }: Wishes,
  vectors: readonly VectorInput[],
): ZonesFound {
  if (shapes.polygons.length === 0) {
    const known = vectors.find(({ file }) => file === source.file);
    const stem = source.file.replace(/\.[^.]*$/, "");
    const name =
      known?.name ??
      freeName(
        stem,
        vectors.map((vector) => vector.name),
      );
    const [left, right] = sides ?? ["left", "right"];
    return {
      zones: { from: "line", layer: name, left, right },
      vectors: known === undefined ? [{ name, ...source }] : [],
      notes: [
        `zones: ${left} and ${right} of ${source.file}, going along it from its first vertex`,
      ],
    };
  }
  const rows = shapes.polygonProperties;
  const words = Object.keys(rows[0]).filter((property) =>
    rows.every((row) => typeof row[property] === "string" && row[property].trim() !== ""),
  );
  const property = zoneProperty ?? (words.length === 1 ? words[0] : undefined);
  if (property === undefined) {
    throw new InputError({
      ...{ kind: "format", file: source.file, field: "property of zones" },
      found: words.length === 0 ? "none with a name throughout" : words.join(", "),
      expected: "one property that names each polygon's zone",
      remedy: "--zone-property NAME says which.",
    });
  }
  const names = [...new Set(rows.map((row) => String(row[property])))];
  return {
    zones: { from: "polygons", property, ...source },
    vectors: [],
    notes: [`zones from "${property}" of ${source.file}: ${names.join(", ")}`],
  };
}
