#!/bin/sh
# Records what GDAL reads from the areas that our writers wrote. Run from the repository root.
set -eu
npx tsx test/reference/grid/write-areas.ts
cd test/reference/grid
for file in areas.gpkg areas-local.gpkg areas.geojson; do
  geometry=geom
  [ $file = areas.geojson ] && geometry=geometry
  # -ro, so that the file is left as it is; GDAL computes the areas.
  ogrinfo -ro -al "$file" 2>&1
  ogrinfo -ro -q -dialect SQLite -sql \
    "SELECT rank, ST_Area($geometry) AS area, ST_IsValid($geometry) AS valid FROM targets" "$file" 2>&1 |
    grep ' = ' || true
done > areas.ogrinfo.txt
