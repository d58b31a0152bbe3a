#!/usr/bin/python3
"""The smallest spacing s > 0 with s = sqrt(A(m s) / n), by scipy's k-d tree on a fine grid.

Run from the root of the project:
  /usr/bin/python3 test/reference/samples/make-sampled-ground.py > test/reference/samples/sampled-ground.json
"""
import csv
import json

import numpy as np
from scipy.spatial import cKDTree


def spacing(places, region, m, cell):
    west, east, south, north = region
    x, y = np.meshgrid(np.arange(west + cell / 2, east, cell), np.arange(south + cell / 2, north, cell))
    distances = np.sort(cKDTree(places).query(np.c_[x.ravel(), y.ravel()])[0])
    inside = (places[:, 0] >= west) & (places[:, 0] <= east) & (places[:, 1] >= south) & (places[:, 1] <= north)
    s = cell
    while True:
        ground = np.searchsorted(distances, m * s, side="right") * cell * cell
        larger = np.sqrt(ground / inside.sum())
        if larger == s:
            return {"spacing": float(s), "extent": float(ground)}
        s = larger


# Two squares of 6 x 6 places 10 apart, 200 apart from one another.
one = np.array([[5.0 + 10 * i, 5.0 + 10 * j] for i in range(6) for j in range(6)])
squares = np.r_[one, one + [260, 0]]

with open("data/golden-triangle/samples.csv") as file:
    points = np.array([[float(row["easting"]), float(row["northing"])] for row in csv.DictReader(file)])
golden = np.unique(np.round(points, 3), axis=0)

print(json.dumps({
    "squares": spacing(squares, (-40, 360, -40, 100), 1.25, 0.1),
    "golden": {"places": len(golden), **spacing(golden, (635000, 881500, 1109000, 1393500), 1.5, 250)},
}))
