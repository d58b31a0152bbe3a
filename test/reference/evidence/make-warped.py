"""A small raster warped by GDAL, for warped.json.

Run once, from this folder:  /usr/bin/python3 make-warped.py
(Debian packages gdal-bin, python3-gdal.) A raster of 14 x 11 pixels in UTM zone 48 north with two
patches of nodata is brought onto grids of other extent and resolution; null is nodata.
Averages over the raster's edge are GDAL's mean of what its nearest-neighbour
warp puts on pixels 1/27 as wide: gdalwarp weights pixels otherwise where it reaches over the
raster's edge.
"""
import json
import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
NODATA = -9999.0


def system(epsg):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    return reference.ExportToWkt()


def raster(values, transform, epsg):
    height, width = values.shape
    data = gdal.GetDriverByName("MEM").Create("", width, height, 1, gdal.GDT_Float32)
    data.SetGeoTransform(transform)
    data.SetProjection(system(epsg))
    data.GetRasterBand(1).SetNoDataValue(NODATA)
    data.GetRasterBand(1).WriteArray(values)
    return data


def plain(values):
    return [None if value == NODATA else float(value) for value in np.asarray(values).ravel()]


def warped(source, target, method):
    west, size, _, north, _, _ = target["transform"]
    east, south = west + size * target["width"], north - size * target["height"]
    return gdal.Warp("", source, format="MEM", dstSRS=f"EPSG:{target['epsg']}",
                     outputBounds=(west, south, east, north), width=target["width"],
                     height=target["height"], resampleAlg=method, errorThreshold=0,
                     dstNodata=NODATA)


def finely_averaged(source, target, share=40):
    west, size, _, north, _, _ = target["transform"]
    fine = dict(target, width=target["width"] * share, height=target["height"] * share,
                transform=[west, size / share, 0, north, 0, -size / share])
    return warped(warped(source, fine, "near"), target, "average")


rows, columns = np.mgrid[0:11, 0:14]
values = (50 + 10 * np.sin(0.7 * columns) + 8 * np.cos(0.9 * rows) + 0.37 * rows * columns
          + 3 * ((rows * 7 + columns * 5) % 4)).astype(np.float32)
values[2:4, 3:5] = NODATA
values[7, 9] = NODATA
origin = (400000.0, 3860000.0)
source_geometry = {"width": 14, "height": 11, "epsg": 32648,
                   "transform": [origin[0], 100.0, 0, origin[1], 0, -100.0]}
source = raster(values, source_geometry["transform"], 32648)

targets = {
    "shifted": {"width": 12, "height": 10, "epsg": 32648, "transform": [399930.0, 100.0, 0, 3860045.0, 0, -100.0]},
    "finer": {"width": 30, "height": 24, "epsg": 32648, "transform": [400010.0, 37.0, 0, 3859980.0, 0, -37.0]},
    "coarser": {"width": 6, "height": 5, "epsg": 32648, "transform": [399900.0, 270.0, 0, 3860090.0, 0, -270.0]},
}

results = {}
for name, target in targets.items():
    results[name] = {"target": target}
    for method in ("near", "bilinear", "average"):
        if method == "bilinear" and target["transform"][1] > 100:
            # GDAL widens its bilinear kernel on coarser pixels; ours does not.
            continue
        if method == "average" and name == "coarser":
            # 10 m, so that fine pixels lie within one of 100 m: exact.
            results[name][method] = plain(finely_averaged(source, target, 27).ReadAsArray())
        else:
            results[name][method] = plain(warped(source, target, method).ReadAsArray())
version = gdal.VersionInfo("--version")
json.dump({"version": version, "source": source_geometry, "values": plain(values), "results": results},
          open("warped.json", "w"), separators=(",", ":"))
