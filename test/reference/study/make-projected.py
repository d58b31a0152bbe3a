"""Places projected by PROJ (gdaltransform) between EPSG codes; run by make.sh."""

import json
import subprocess

CASES = [
    (4326, 32648, [[104.1, 35.2], [107.9, 0.5], [102.0, 83.0]]),
    (32648, 4326, [[409000, 3870000], [166021, 1]]),
    (32648, 32649, [[409000, 3870000]]),
    (4547, 32649, [[500000, 3870000]]),
    (3112, 4283, [[100000, -3000000]]),
    (26710, 4267, [[500000, 4000000]]),
    (21148, 4326, [[500000, 9000000]]),
]
records = []
for source, target, places in CASES:
    lines = "\n".join(" ".join(map(str, place)) for place in places)
    run = subprocess.run(
        ["gdaltransform", "-s_srs", f"EPSG:{source}", "-t_srs", f"EPSG:{target}", "-output_xy"],
        input=lines, capture_output=True, text=True, check=True,
    )
    projected = [list(map(float, line.split())) for line in run.stdout.splitlines()]
    records.append({"from": source, "to": target, "places": places, "projected": projected})
print(json.dumps(records, indent=1))
