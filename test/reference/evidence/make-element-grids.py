# Singularity index and log-ratio components of three element grids of 9 x 9 pixels, by numpy alone.
# /usr/bin/python3 test/reference/evidence/make-element-grids.py > test/reference/evidence/element-grids.json
import json

import numpy as np

row, column = np.mgrid[0:9, 0:9]
grids = {
    "Au": 1 + ((7 * row + 3 * column) % 11) / 3 + 9 * np.exp(-((row - 4) ** 2 + (column - 5) ** 2)),
    "As": 20 + (5 * row + 2 * column) % 13,
    "Cu": 30 + 4 * ((3 * row + 11 * column) % 7),
}


def alpha(values, sides=(1, 3, 5)):
    found = np.zeros_like(values)
    for r in range(9):
        for c in range(9):
            means = []
            for side in sides:
                half = side // 2
                window = values[max(0, r - half) : r + half + 1, max(0, c - half) : c + half + 1]
                means.append(np.log(window.mean()))
            found[r, c] = 2 + np.polyfit(np.log(sides), means, 1)[0]
    return found


logs = np.log(np.stack([grids[name].ravel() for name in grids], axis=1))
clr = logs - logs.mean(axis=1, keepdims=True)
centred = clr - clr.mean(axis=0)
_, _, directions = np.linalg.svd(centred, full_matrices=False)
scores = []
for direction in directions[:2]:
    sign = np.sign(direction[np.argmax(np.abs(direction))])
    scores.append((centred @ (sign * direction)).tolist())

print(json.dumps({
    "grids": {name: values.ravel().tolist() for name, values in grids.items()},
    "alpha": alpha(grids["Au"]).ravel().tolist(),
    "scores": scores,
}))
