/*
 * Writes areas.gpkg, areas-local.gpkg and areas.geojson with our writers; record-areas.sh
 * records what GDAL reads from them.
 */
import { join } from "node:path";
import { writeGeojson } from "../../../lib/src/grid/geojson-write";
import { writeGeopackage } from "../../../lib/src/grid/geopackage-write";
import { WRITTEN_AREAS, WRITTEN_AREAS_CRS } from "../../grid/written-areas";

const local = { epsg: null, name: "mine grid, metres" };
writeGeojson(join(__dirname, "areas.geojson"), "targets", WRITTEN_AREAS_CRS, WRITTEN_AREAS);
writeGeopackage(join(__dirname, "areas.gpkg"), "targets", WRITTEN_AREAS_CRS, WRITTEN_AREAS)
  .then(() =>
    writeGeopackage(join(__dirname, "areas-local.gpkg"), "targets", local, WRITTEN_AREAS),
  )
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
