#!/bin/sh
# Files that GDAL writes from points.csv, lines and polygons, and places that PROJ projects.
# Run in this folder; needs gdal-bin and python3. Records gdal version in version.txt.
set -e
rm -rf files && mkdir files && cd files
ogr2ogr --version > version.txt
cat > points.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"Näs 1","Au":0.5,"As":"<0.1"},"geometry":{"type":"Point","coordinates":[104.001,35.001]}},
{"type":"Feature","properties":{"id":"B2","Au":12.25,"As":"17"},"geometry":{"type":"Point","coordinates":[104.002,35.003]}},
{"type":"Feature","properties":{"id":"C3","Au":3,"As":">100"},"geometry":{"type":"Point","coordinates":[104.004,35.002]}}]}
JSON
cat > rocks.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"rock":"granite"},"geometry":{"type":"Polygon","coordinates":[[[104.0,35.0],[104.005,35.0],[104.005,35.005],[104.0,35.005],[104.0,35.0]],[[104.002,35.002],[104.002,35.003],[104.003,35.003],[104.003,35.002],[104.002,35.002]]]}},
{"type":"Feature","properties":{"rock":"slate"},"geometry":{"type":"MultiPolygon","coordinates":[[[[104.006,35.0],[104.008,35.0],[104.008,35.002],[104.006,35.0]]]]}}]}
JSON
ogr2ogr -t_srs EPSG:32648 utm.shp points.geojson
ogr2ogr -lco ENCODING=UTF-8 degrees.shp points.geojson
ogr2ogr -t_srs EPSG:32648 utm.gpkg points.geojson -nln assays
ogr2ogr degrees.gpkg points.geojson -nln assays
ogr2ogr -update degrees.gpkg rocks.geojson -nln rocks
ogr2ogr -t_srs EPSG:32648 -lco RFC7946=NO -lco COORDINATE_PRECISION=6 utm.geojson points.geojson
rm rocks.geojson
cd ..
python3 make-projected.py > projected.json

# For the small study of the tests: points of which one has no number, which GDAL writes as
# asterisks, and two zones.
rm -rf small && mkdir small && cd small
cat > points.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"north shaft","metal":"Au","Au":0.5,"grade":2},"geometry":{"type":"Point","coordinates":[150,250]}},
{"type":"Feature","properties":{"id":"south pit","metal":"Sb","Au":null,"grade":null},"geometry":{"type":"Point","coordinates":[450,50]}},
{"type":"Feature","properties":{"id":"adit","metal":"Au","Au":12.25,"grade":7},"geometry":{"type":"Point","coordinates":[250,150]}}]}
JSON
cat > sides.geojson <<'JSON'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"side":"West"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[200,0],[200,400],[0,400],[0,0]]]}},
{"type":"Feature","properties":{"side":"East"},"geometry":{"type":"Polygon","coordinates":[[[200,0],[500,0],[500,400],[200,400],[200,0]]]}}]}
JSON
ogr2ogr -a_srs EPSG:32750 shafts.shp points.geojson
ogr2ogr -a_srs EPSG:32750 sides.gpkg sides.geojson -nln sides
rm points.geojson sides.geojson
