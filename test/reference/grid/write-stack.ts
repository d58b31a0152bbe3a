/*
 * Writes test/reference/grid/written.tif and written-levels.tif with our writer. What GDAL reads
 * from them is recorded by record-written.sh; the tests compare the record with the stacks, and
 * what we write now with the files.
 */
import { join } from "node:path";
import { writeGeoTiff } from "../../../lib/src/grid/geotiff-write";
import { LEVELS_STACK, WRITTEN_PROVENANCE, WRITTEN_STACK } from "../../grid/written-stack";

writeGeoTiff(join(__dirname, "written.tif"), WRITTEN_STACK, { provenance: WRITTEN_PROVENANCE });
writeGeoTiff(join(__dirname, "written-levels.tif"), LEVELS_STACK);
