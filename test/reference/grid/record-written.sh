#!/bin/sh
# Records what GDAL reads from the file that our writer made. Run from the repository root.
set -eu
npx tsx test/reference/grid/write-stack.ts
cd test/reference/grid
gdalinfo -json written.tif > written.gdalinfo.json
for band in 1 2; do
  gdal_translate -q -of XYZ -b "$band" written.tif "written.band$band.xyz"
done
