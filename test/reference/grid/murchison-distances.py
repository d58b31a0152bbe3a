"""Brute-force reference values for Murchison's vectors, by numpy alone.

Run from the repository root: python3 test/reference/grid/murchison-distances.py
Prints test/reference/grid/murchison-distances.json.
"""

import json

import numpy as np

WEST, NORTH, PIXEL, COLUMNS, ROWS = 352500.0, 7101500.0, 500.0, 661, 804
RADII = (5000.0, 20000.0)


def features(name):
    with open(f"data/murchison/{name}.geojson") as file:
        return json.load(file)["features"]


def distances(point, segments):
    start, end = segments[:, :2], segments[:, 2:]
    along = end - start
    squared = (along**2).sum(axis=1)
    share = ((point - start) * along).sum(axis=1) / np.where(squared > 0, squared, 1)
    nearest = start + np.clip(share, 0, 1)[:, None] * along
    return np.hypot(*(point - nearest).T)


def winding_inside(point, polygons):
    """Inside by winding angle: another rule than crossing counts."""
    for rings in polygons:
        angle = 0.0
        within = []
        for ring in rings:
            away = ring - point
            theta = np.unwrap(np.arctan2(away[:, 1], away[:, 0]))
            angle = theta[-1] - theta[0]
            within.append(abs(angle) > np.pi)
        if within[0] and not any(within[1:]):
            return True
    return False


def density(point, segments, radius):
    """Length inside the circle by cutting each segment into many short pieces."""
    pieces = 20000
    share = (np.arange(pieces) + 0.5) / pieces
    total = 0.0
    near = segments[distances(point, segments) < radius]
    for east1, north1, east2, north2 in near:
        east = east1 + share * (east2 - east1) - point[0]
        north = north1 + share * (north2 - north1) - point[1]
        length = np.hypot(east2 - east1, north2 - north1)
        total += length * np.mean(east**2 + north**2 < radius**2)
    return 1000 * total / (np.pi * radius**2)


faults = np.array([f["geometry"]["coordinates"] for f in features("fault_segments")])
faults = faults.reshape(-1, 4)
polygons = [
    [np.array(ring) for ring in f["geometry"]["coordinates"]] for f in features("greenstone")
]
contacts = np.vstack(
    [np.hstack([ring[:-1], ring[1:]]) for rings in polygons for ring in rings]
)

# A fixed stride through the grid, coprime with its width, spreads the pixels over it.
pixels = [(k * 8849) % (ROWS * COLUMNS) for k in range(300)]
result = []
for pixel in pixels:
    row, column = divmod(pixel, COLUMNS)
    point = np.array([WEST + (column + 0.5) * PIXEL, NORTH - (row + 0.5) * PIXEL])
    with_length = faults[(faults[:, :2] != faults[:, 2:]).any(axis=1)]
    nearest = with_length[np.argmin(distances(point, with_length))]
    azimuth = np.arctan2(nearest[2] - nearest[0], nearest[3] - nearest[1])
    result.append(
        {
            "row": row,
            "column": column,
            "distanceToFault": distances(point, faults).min(),
            "distanceToContact": distances(point, contacts).min(),
            "insideGreenstone": int(winding_inside(point, polygons)),
            "faultDensity5km": density(point, faults, RADII[0]),
            "faultDensity20km": density(point, faults, RADII[1]),
            "strikeSine": np.sin(2 * azimuth),
            "strikeCosine": np.cos(2 * azimuth),
        }
    )
print(json.dumps({"numpy": np.__version__, "pixels": result}, indent=1))
