#!/bin/sh
# Records what GDAL reads from the files that our writer made, and whether its validator takes them
# for cloud-optimised GeoTIFFs. Run from the repository root.
set -eu
npx tsx test/reference/grid/write-stack.ts
cd test/reference/grid
gdalinfo -json written.tif > written.gdalinfo.json
gdalinfo -json written-levels.tif > written-levels.gdalinfo.json
for band in 1 2; do
  gdal_translate -q -of XYZ -b "$band" written.tif "written.band$band.xyz"
done
# The eastern columns of the second overview, a quarter of the raster's resolution.
gdal_translate -q -of XYZ -oo OVERVIEW_LEVEL=1 -srcwin 124 0 6 65 written-levels.tif \
  written-levels.overview.xyz
for file in written.tif written-levels.tif; do
  /usr/bin/python3 -m osgeo_utils.samples.validate_cloud_optimized_geotiff --full-check=yes "$file"
done > written.validated.txt
# Statistics that GDAL computes afresh from the values: minimum, maximum, mean, deviation.
/usr/bin/python3 - > written-levels.statistics.json <<'PY'
from osgeo import gdal
raster = gdal.Open("written-levels.tif")
print(raster.GetRasterBand(1).ComputeStatistics(False))
PY
rm -f ./*.aux.xml
