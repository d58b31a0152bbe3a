#!/bin/sh
# Small rasters written by GDAL, one a property that the reader must take right or refuse, and
# their values as GDAL's own tools print them (*.xyz: easting, northing, one value a band).
# Run from the repository root: sh test/reference/grid/make-gdal-files.sh
set -eu
cd test/reference/grid/gdal
rm -f ./*.tif ./*.xyz
cat > source.asc <<'ASC'
ncols 5
nrows 4
xllcorner 400000
yllcorner 6800000
cellsize 250
NODATA_value -9999
1.5 2.25 -3 4 5
6 -9999 8 9 10.125
11 12 13 -9999 15
16 17 18 19 20000.5
ASC
quiet="-q -a_srs EPSG:32750"
gdal_translate $quiet -ot Float32 source.asc one.tif
gdal_translate -q -ot Float32 -scale 0 10 0 20 one.tif two.tif
gdalbuildvrt -q -separate stack.vrt one.tif two.tif
gdal_translate -q stack.vrt stack-separate.tif -co INTERLEAVE=BAND
gdal_translate -q stack.vrt stack-pixel-deflate-tiled.tif -co INTERLEAVE=PIXEL -co COMPRESS=DEFLATE \
  -co PREDICTOR=3 -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16
gdal_translate $quiet -ot Float64 source.asc float64-lzw.tif -co COMPRESS=LZW
gdal_translate $quiet -ot Int16 source.asc int16.tif
gdal_translate $quiet -ot Byte -scale -3 20 1 200 -a_nodata 0 source.asc byte.tif
gdal_translate $quiet -ot Int32 source.asc int32-big-endian.tif -co ENDIANNESS=BIG
gdal_translate $quiet -ot Float32 source.asc bigtiff.tif -co BIGTIFF=YES
gdal_translate $quiet -ot Float32 -mo AREA_OR_POINT=Point source.asc pixel-is-point.tif
gdalwarp -q -dstnodata nan one.tif nodata-nan.tif
tiled="-co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16"
gdal_translate $quiet -ot Int16 source.asc int16-lzw-predictor2.tif -co COMPRESS=LZW -co PREDICTOR=2
gdal_translate $quiet -ot Int16 source.asc int16-big-endian-predictor2.tif -co ENDIANNESS=BIG \
  -co COMPRESS=DEFLATE -co PREDICTOR=2 $tiled
gdal_translate $quiet -ot Float32 source.asc float32-packbits.tif -co COMPRESS=PACKBITS
gdal_translate $quiet -ot Float32 source.asc float32-predictor2.tif -co COMPRESS=LZW -co PREDICTOR=2
gdal_translate $quiet -ot Float64 source.asc float64-predictor3.tif -co COMPRESS=DEFLATE -co PREDICTOR=3
gdal_translate -q stack.vrt stack-big-endian-predictor3.tif -co ENDIANNESS=BIG -co COMPRESS=LZW \
  -co PREDICTOR=3
gdal_translate -q stack.vrt bigtiff-tiled.tif -co BIGTIFF=YES -co COMPRESS=DEFLATE -co PREDICTOR=3 $tiled
gdal_translate $quiet -ot Float32 source.asc strips.tif -co BLOCKYSIZE=3
gdal_translate $quiet -ot Float32 source.asc sparse.tif -co SPARSE_OK=TRUE $tiled -a_nodata 0 \
  -scale 0 1 0 0
gdal_translate $quiet -ot Int16 -a_scale 0.1 -a_offset 5 source.asc scaled.tif
for file in *.tif; do
  bands=$(gdalinfo "$file" | grep -c '^Band ')
  : > "${file%.tif}.xyz"
  for band in $(seq "$bands"); do
    # Scaled values are listed as they are meant; for the others -unscale changes nothing.
    gdal_translate -q -unscale -ot Float64 -of XYZ -b "$band" "$file" /vsistdout/ > "band$band.txt"
  done
  if [ "$bands" = 2 ]; then
    cut -d' ' -f3 band2.txt | paste -d' ' band1.txt - > "${file%.tif}.xyz"
  else
    mv band1.txt "${file%.tif}.xyz"
  fi
  rm -f band*.txt
done
# What the reader refuses.
gdal_translate -q -ot Float32 source.asc refused-no-crs.tif
gdal_translate -q -ot Float32 -a_srs EPSG:4326 -a_ullr 115 -26 116 -27 source.asc refused-degrees.tif
gdal_translate -q -ot Float32 -a_srs EPSG:2272 source.asc refused-feet.tif
gdal_translate $quiet -ot CFloat32 source.asc refused-complex.tif
gdal_translate $quiet -ot Float32 source.asc zstd.tif -co COMPRESS=ZSTD
gdal_translate $quiet -ot Float32 source.asc lerc.tif -co COMPRESS=LERC
gdal_translate $quiet -ot Byte -mask 1 --config GDAL_TIFF_INTERNAL_MASK YES source.asc mask.tif
cat > rotated.vrt <<'VRT'
<VRTDataset rasterXSize="5" rasterYSize="4"><SRS>EPSG:32750</SRS>
<GeoTransform>400000, 200, 30, 6801000, 30, -200</GeoTransform>
<VRTRasterBand dataType="Float32" band="1"><SimpleSource>
<SourceFilename relativeToVRT="1">source.asc</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>
VRT
gdal_translate -q rotated.vrt refused-rotated.tif
sed -e 's/30, 6801000, 30, -200/0, 6800000, 0, 200/' rotated.vrt > south.vrt
gdal_translate -q south.vrt south-up.tif
head -c 400 one.tif > refused-truncated-head.tif
size=$(wc -c < one.tif)
head -c $((size - 20)) one.tif > refused-truncated-data.tif
rm -f ./*.vrt ./*.xml two.tif two.xyz
gdalinfo --version > version.txt
