import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeWhole } from "../files";
import { type District, makeDistrict } from "./district";
import { columnOf, ELEMENTS } from "./elements";
import { geojsonText } from "./geojson-text";
import { manifestOf } from "./manifest";
import { provenanceOf } from "./provenance";
import { CRS, type DistrictOptions } from "./settings";

/** The input files of a district, by name: text that a study folder holds. */
export function inputTexts(district: District): ReadonlyMap<string, string> {
  const epsg = CRS.epsg as number;
  const line = (name: string, coordinates: Float64Array) => ({
    properties: { name },
    geometry: { type: "LineString", coordinates } as const,
  });
  const faults = district.faults.map((fault, index) => line(`fault ${index + 1}`, fault));
  const thrust = line("regional thrust", district.thrust);
  return new Map([
    ["samples.csv", samplesText(district)],
    ["faults.geojson", geojsonText(epsg, [thrust, ...faults])],
    ["thrust.geojson", geojsonText(epsg, [thrust])],
    [
      "intrusions.geojson",
      geojsonText(
        epsg,
        district.intrusions.map(({ name, kind, rock, polygon }) => ({
          properties: { name, kind, rock },
          geometry: { type: "Polygon", coordinates: polygon },
        })),
      ),
    ],
    [
      "lithology.geojson",
      geojsonText(
        epsg,
        district.units.flatMap(({ name, rock, zone, polygons }) =>
          polygons.map((polygon) => ({
            properties: { name, rock, zone },
            geometry: { type: "Polygon", coordinates: polygon } as const,
          })),
        ),
      ),
    ],
    [
      "occurrences.geojson",
      geojsonText(
        epsg,
        district.occurrences.map(({ name, commodity, easting, northing }) => ({
          properties: { id: name, commodity },
          geometry: { type: "Point", coordinates: Float64Array.of(easting, northing) },
        })),
      ),
    ],
  ]);
}

/**
 * Generates a district and writes it as a study folder: its inputs, PROVENANCE.md and, last,
 * study.json, so that a folder with a manifest is whole.
 *
 * @throws InputError when the options are wrong or the folder cannot be written
 */
export function writeDistrict(options: DistrictOptions, folder: string): District {
  const district = makeDistrict(options);
  const texts = inputTexts(district);
  for (const [name, text] of texts) writeWhole(join(folder, name), text);
  writeWhole(join(folder, "PROVENANCE.md"), provenanceOf(district));
  const sums = Object.fromEntries(
    [...texts].map(([name, text]) => [name, createHash("sha256").update(text).digest("hex")]),
  );
  const manifest = manifestOf(options, sums);
  writeWhole(join(folder, "study.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return district;
}

/** One row a sample; the name of a column is the element and its unit. */
function samplesText({ sites, reported }: District): string {
  const header = ["sample", "easting", "northing", ...ELEMENTS.map(columnOf)];
  const rows = sites.map(({ easting, northing }, site) => [
    `S${String(site + 1).padStart(5, "0")}`,
    easting.toFixed(1),
    northing.toFixed(1),
    ...reported.map((values) => values[site]),
  ]);
  return `${[header, ...rows].map((cells) => cells.join(",")).join("\n")}\n`;
}
