"""Places brought from old systems to newer ones by PROJ's cs2cs (Debian's proj-bin 9.1.1), and the
operation that it says it used. PROJ_NETWORK is off; Debian's proj-data has one file of shifts that matters
here, New Zealand's, so that NZGD49 is brought by it and shows what a shift without a file is off by.
Written to datums.json: python3 make-datums.py > datums.json 2> /dev/null"""

import json
import os
import re
import subprocess

# Name, from, to, longitude or easting, latitude or northing.
CASES = [
    ("Meekatharra, GDA94 zone 50 to GDA2020 zone 50", 28350, 7850, 646000, 7057000),
    ("Kalgoorlie, AGD84 to GDA94 zone 51", 4203, 28351, 121.47, -30.75),
    ("Broken Hill, AGD66 to GDA94 zone 54", 4202, 28354, 141.46, -31.95),
    ("Carlin, NAD27 zone 11 to NAD83 zone 11", 26711, 26911, 568000, 4517000),
    ("Timmins, NAD27 to NAD83 zone 17", 4267, 26917, -81.33, 48.47),
    ("Rio Tinto, ED50 zone 29 to ETRS89 zone 29", 23029, 25829, 713000, 4174000),
    ("Outokumpu, ED50 to UTM 35N", 4230, 32635, 29.02, 62.73),
    ("Norilsk, Pulkovo 1942 to UTM 45N", 4284, 32645, 88.2, 69.35),
    ("Muruntau, Pulkovo 1942 zone 11 to UTM 41N", 28411, 32641, 11549000, 4600000),
    ("Kerman, ED50 to UTM 40N", 4230, 32640, 57.1, 30.3),
    ("Macraes, NZGD49 to NZGD2000 TM", 4272, 2193, 170.43, -45.36),
    ("Geita, Arc 1960 zone 36S to UTM 36S", 21036, 32736, 415000, 9682000),
    ("Jos, Minna to UTM 32N", 4263, 32632, 8.89, 9.92),
    ("Lega Dembi, Adindan zone 37 to UTM 37N", 20137, 32637, 490000, 632000),
    ("Barberton, Cape to UTM 36S", 4222, 32736, 31.05, -25.79),
    ("Nchanga, Arc 1950 to UTM 35S", 4209, 32735, 27.85, -12.52),
    ("Obuasi, Accra to UTM 30N", 4168, 32630, -1.68, 6.2),
    ("Carajas, SAD69 zone 22S to SIRGAS 2000 zone 22S", 29192, 31982, 590000, 9330000),
    ("Yanacocha, PSAD56 to UTM 17S", 4248, 32717, -78.52, -6.98),
    ("Cananea, WGS 72 to WGS 84", 4322, 4326, -110.3, 30.98),
    ("Xiaoqinling, CGCS2000 to UTM 49N", 4490, 32649, 110.5, 34.4),
    ("Hezuo, Xian 1980 to UTM 48N", 4610, 32648, 103.0, 35.0),
]

ENVIRONMENT = {**os.environ, "PROJ_NETWORK": "OFF", "PROJ_DEBUG": "2"}


def run(*command: str, text: str = "") -> str:
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=ENVIRONMENT)
    return done.stdout + done.stderr


def degrees(code: int) -> bool:
    return run("projinfo", f"EPSG:{code}", "-o", "WKT2:2019", "--single-line").strip().startswith("GEOG")


def easting_first(code: int) -> bool:
    """cs2cs keeps the order of axes of the authority, which is another for some systems."""
    wkt = run("projinfo", f"EPSG:{code}", "-o", "WKT2:2019", "--single-line")
    axes = re.findall(r'AXIS\["[^"]*",(north|south|east|west)', wkt)
    return axes[0] == "east"


def case(name: str, source: int, target: int, x: float, y: float) -> dict:
    place = f"{x!r} {y!r}" if easting_first(source) else f"{y!r} {x!r}"
    out = run("cs2cs", "-f", "%.9f", f"EPSG:{source}", f"EPSG:{target}", text=place + "\n")
    numbers, *said = out.splitlines()
    first, second = map(float, numbers.split()[:2])
    # It names an operation where it has several to choose from.
    used = [line.split("Using coordinate operation ")[1] for line in said if "Using coordinate" in line]
    found = [first, second] if easting_first(target) else [second, first]
    return {
        "name": name, "from": source, "to": target, "place": [x, y], "cs2cs": found, "operation": used[-1] if used else None, "degrees": degrees(target),
    }


version = re.search(r"Rel\. [\d.]+", run("cs2cs")).group(0)
records = [case(*one) for one in CASES]
command = "PROJ_DEBUG=2 cs2cs -f %.9f EPSG:from EPSG:to"
print(json.dumps({"version": version, "command": command, "records": records}, indent=1))
