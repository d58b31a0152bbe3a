#!/bin/sh
# A made-up district in UTM zone 48N (EPSG:32648), 12 km by 12 km, in files of several systems:
# samples.csv in degrees, faults.shp in zone 49N (EPSG:32649), intrusions.geojson in degrees,
# occurrences.csv in zone 48N. One fault runs north at easting 505000, the other east at northing
# 3806000; the intrusion is the square from 508000 to 509000 east, 3803000 to 3804000 north.
# GDAL 3.6.2.
cd "$(dirname "$0")"
/usr/bin/python3 - <<'PYTHON'
import json, math
from osgeo import osr
utm, degrees = osr.SpatialReference(), osr.SpatialReference()
utm.ImportFromEPSG(32648)
degrees.ImportFromEPSG(4326)
for system in (utm, degrees):
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
geographic = osr.CoordinateTransformation(utm, degrees)
rows = ["Sample,Longitude,Latitude,Au_ppb,As (ppm),Cu_ppm,Fe2O3_pct,Method"]
for row in range(20):
    for column in range(20):
        x, y = 500340 + 600 * column, 3800340 + 600 * row
        longitude, latitude, _ = geographic.TransformPoint(x, y)
        near = math.exp(-math.hypot(x - 505000, y - 3806000) / 2000)
        gold = 0.3 + 20 * near + 0.2 * math.sin(3 * column + 7 * row)
        cells = [f"<{0.5}" if gold < 0.5 else f"{gold:.2f}"]
        cells.append(f"{5 + 30 * near + 2 * math.cos(5 * column - 2 * row):.1f}")
        cells.append("-9999" if row == column == 3 else f"{20 + 5 * math.sin(column / 3 + row):.1f}")
        cells.append(f"{4 + math.cos(row / 4 - column):.2f}")
        rows.append(f"S{row * 20 + column + 1},{longitude:.8f},{latitude:.8f},{','.join(cells)},AAS")
open("samples.csv", "w").write("\n".join(rows) + "\n")
places = [(505050, 3806050, "Au"), (505450, 3805650, "Au"), (504650, 3806450, "Au"),
          (505250, 3807050, "Au"), (508550, 3803550, "Cu"), (509050, 3804050, "Cu"),
          (520000, 3806000, "Au")]
rows = ["Deposit;X;Y;Metal"] + [
    f"Deposit {number + 1};{x},5;{y},0;{metal}" for number, (x, y, metal) in enumerate(places)]
open("occurrences.csv", "w").write("\n".join(rows) + "\n")
def write(path, name, geometry):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}
    features = [{"type": "Feature", "properties": {"name": key}, "geometry": value}
                for key, value in zip(name, geometry)]
    json.dump({"type": "FeatureCollection", "crs": crs, "features": features}, open(path, "w"))
steps = range(0, 12001, 200)
write("faults.json", ["north", "east"], [
    {"type": "LineString", "coordinates": [[505000, 3800000 + step] for step in steps]},
    {"type": "LineString", "coordinates": [[500000 + step, 3806000] for step in steps]}])
write("square.json", ["stock"], [{"type": "Polygon", "coordinates": [[
    [508000, 3803000], [509000, 3803000], [509000, 3804000], [508000, 3804000], [508000, 3803000]]]}])
PYTHON
ogr2ogr -t_srs EPSG:32649 -lco ENCODING=UTF-8 -nln faults faults.shp faults.json
ogr2ogr -t_srs EPSG:4326 -lco COORDINATE_PRECISION=9 intrusions.geojson square.json
rm faults.json square.json
