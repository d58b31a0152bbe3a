#!/bin/sh
# Makes the messy folder of the guide "Your own district": a made-up district, 19 km by 19 km in UTM zone
# 48 north (EPSG:32648), in files such as people have. Nothing in it is real, and it stands for no place.
# Two faults, a stock with a halo of gold and arsenic along the fault that it lies on, veins that follow;
# noise over all. GDAL 3.6.2, Python 3.11; the files are kept, since other versions write other bytes.
cd "$(dirname "$0")"
/usr/bin/python3 - <<'PYTHON'
import json, math, random
import numpy
from osgeo import gdal, osr
random.seed(7)
utm, degrees = osr.SpatialReference(), osr.SpatialReference()
utm.ImportFromEPSG(32648)
degrees.ImportFromEPSG(4326)
for system in (utm, degrees):
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
geographic = osr.CoordinateTransformation(utm, degrees)
projected = osr.CoordinateTransformation(degrees, utm)
WEST, SOUTH, SIDE = 500000, 3800000, 19200

def fault(northing):
    return 508000 + 0.25 * (northing - SOUTH)
def halo(x, y):
    along = (y - 3808500) / 3500
    return math.exp(-abs(x - fault(y)) / 1100) * math.exp(-along * along)

# Soil samples in degrees; below detection as "<", none as -9999, one copied row, one without a place.
rows = ["Sample No,Longitude,Latitude,Au (ppb),As_ppm,Cu_ppm,Fe2O3_pct,Lab"]
for row in range(32):
    for column in range(32):
        x = WEST + 300 + 600 * column + random.uniform(-120, 120)
        y = SOUTH + 300 + 600 * row + random.uniform(-120, 120)
        longitude, latitude, _ = geographic.TransformPoint(x, y)
        h = halo(x, y)
        gold = math.exp(random.gauss(0.2, 0.6)) * (1 + 25 * h)
        arsenic = math.exp(random.gauss(1.8, 0.4)) * (1 + 9 * h)
        copper = math.exp(random.gauss(3.0, 0.35)) * (1 + 2 * math.exp(-math.hypot(x - 509800, y - 3808500) / 1500))
        cells = ["<0.5" if gold < 0.5 else f"{gold:.1f}", f"{arsenic:.1f}"]
        cells.append("-9999" if random.random() < 0.01 else f"{copper:.0f}")
        cells.append(f"{random.gauss(5, 1):.2f}")
        rows.append(f"S{row * 32 + column + 1},{longitude:.6f},{latitude:.6f},{','.join(cells)},AAS")
rows.append(rows[40])
rows[41] = rows[41].replace("S41,", "S41b,")
lost = rows[500].split(",")
rows[500] = ",".join([lost[0], "", ""] + lost[3:])
open("soil samples 2019.csv", "w").write("\n".join(rows) + "\n")

# Deposits as a spreadsheet saves them: UTF-16, separators between thousands, commodities in words.
places = []
while len(places) < 24:
    y = random.gauss(3808500, 2600)
    x = fault(y) + random.gauss(0, 700)
    if WEST + 600 < x < WEST + SIDE - 600 and SOUTH + 600 < y < SOUTH + SIDE - 600:
        places.append((x, y, random.choice(["Au", "gold", "Au, As", "Au-Cu"])))
for _ in range(4):
    places.append((random.uniform(502000, 517000), random.uniform(3802000, 3817000), "Cu"))
places.append((531000, 3809000, "Au"))
table = ['Deposit\tEasting\tNorthing\tCommodity']
for number, (x, y, metal) in enumerate(places, 1):
    table.append(f"Mina Ñ{number}\t{x:,.1f}\t{y:,.1f}\t{metal}")
open("deposits from the office.csv", "w", encoding="utf-16").write("\n".join(table) + "\n")

def write(path, features):
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32648"}}
    made = [{"type": "Feature", "properties": {"name": name}, "geometry": geometry} for name, geometry in features]
    json.dump({"type": "FeatureCollection", "crs": crs, "features": made}, open(path, "w"))
steps = range(0, SIDE + 1, 400)
write("faults.json", [
    ("Falla Ñuble", {"type": "LineString", "coordinates": [[fault(SOUTH + s), SOUTH + s] for s in steps]}),
    ("east fault", {"type": "LineString", "coordinates": [[WEST + s, 3812000 + 0.1 * s] for s in steps]}),
    ("not drawn yet", None)])
ring = [[509800 + 900 * math.cos(t / 12 * math.pi), 3808500 + 700 * math.sin(t / 12 * math.pi)] for t in range(24)]
write("stock.json", [("stock", {"type": "Polygon", "coordinates": [ring + ring[:1]]})])

# Magnetics in degrees; where nothing was flown -9999, which the file does not declare.
corners = [geographic.TransformPoint(x, y) for x in (WEST, WEST + SIDE) for y in (SOUTH, SOUTH + SIDE)]
west, south = min(c[0] for c in corners) - 0.002, min(c[1] for c in corners) - 0.002
east, north = max(c[0] for c in corners) + 0.002, max(c[1] for c in corners) + 0.002
cell = 0.002
width, height = math.ceil((east - west) / cell), math.ceil((north - south) / cell)
values = numpy.zeros((height, width), numpy.float32)
for row in range(height):
    for column in range(width):
        x, y, _ = projected.TransformPoint(west + (column + 0.5) * cell, north - (row + 0.5) * cell)
        stock = math.exp(-math.hypot(x - 509800, y - 3808500) / 2200)
        values[row, column] = 120 + 260 * stock - 30 * halo(x, y) + 15 * math.sin(x / 2500) + random.gauss(0, 6)
values[-12:, :14] = -9999
out = gdal.GetDriverByName("GTiff").Create("magnetics.tif", width, height, 1, gdal.GDT_Float32, ["COMPRESS=DEFLATE"])
out.SetGeoTransform([west, cell, 0, north, 0, -cell])
out.SetProjection(degrees.ExportToWkt())
out.GetRasterBand(1).SetDescription("Magnetics")
out.GetRasterBand(1).WriteArray(values)
PYTHON
# Faults in the next zone, names in an old code page; the stock in degrees.
ogr2ogr -t_srs EPSG:32649 -lco ENCODING=CP1252 -nln faults faults.shp faults.json
ogr2ogr -t_srs EPSG:4326 -f KML stock.kml stock.json
rm faults.json stock.json
