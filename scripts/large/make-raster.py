"""
Makes the large test raster: 20,000 x 20,000 pixels, or as many as are asked for, in 9 bands of
float32 (14.4 GB uncompressed), of which the eastern quarter is left out (sparse). Steps of a few
pixels compress it to well under 1 GB. Needs python3-gdal. Minutes.

    /usr/bin/python3 scripts/large/make-raster.py FILE.tif [ROWS [COLUMNS]]
"""

import sys

import numpy
from osgeo import gdal, osr

ROWS, COLUMNS = [int(given) for given in (sys.argv[2:] * 2 or ["20000"] * 2)[:2]]
BANDS, TILE = 9, 256

gdal.UseExceptions()
options = ["TILED=YES", "COMPRESS=DEFLATE", "ZLEVEL=1", "PREDICTOR=1", "BIGTIFF=YES", "SPARSE_OK=TRUE"]
raster = gdal.GetDriverByName("GTiff").Create(
    sys.argv[1], COLUMNS, ROWS, BANDS, gdal.GDT_Float32, options + ["NUM_THREADS=2"]
)
crs = osr.SpatialReference()
crs.ImportFromEPSG(32750)
raster.SetProjection(crs.ExportToWkt())
raster.SetGeoTransform([400_000, 50, 0, 7_800_000, 0, -50])
for band in range(1, BANDS + 1):
    raster.GetRasterBand(band).SetNoDataValue(-9999)
columns = numpy.arange(COLUMNS * 3 // 4 // TILE * TILE)
for top in range(0, ROWS, TILE):
    rows = numpy.arange(top, min(top + TILE, ROWS))[:, None]
    block = numpy.stack(
        [
            ((rows // (8 + band) * 7 + columns[None, :] // (16 + band) * 3) % (31 + band))
            for band in range(BANDS)
        ]
    ).astype("float32")
    raster.WriteRaster(0, top, len(columns), len(rows), block.tobytes())
raster = None
