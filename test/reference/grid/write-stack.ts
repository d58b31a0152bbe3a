/*
 * Writes test/reference/grid/written.tif with our writer. What GDAL reads from it is recorded by
 * record-written.sh; the tests compare the record with the stack, and our bytes with the file.
 */
import { join } from "node:path";
import { writeGeoTiff } from "../../../lib/src/grid/geotiff-write";
import { WRITTEN_PROVENANCE, WRITTEN_STACK } from "../../grid/written-stack";

writeGeoTiff(join(__dirname, "written.tif"), WRITTEN_STACK, { provenance: WRITTEN_PROVENANCE });
