# Tails of chi-square, F and the range of normals, and Friedman's test with ties corrected.
# Run once, from this folder:  /usr/bin/python3 make-test-distributions.py   (scipy 1.10.1)
import json
from scipy import stats

chi = [[x, d, stats.chi2.sf(x, d)] for x in (0.01, 1, 3.84, 9.28, 40) for d in (1, 2, 3, 4, 7, 20)]
chi_quantile = [[p, d, stats.chi2.isf(p, d)] for p in (0.5, 0.025, 1e-4) for d in (1, 2, 9, 40)]
f = [
    [x, a, b, stats.f.sf(x, a, b)]
    for x in (0.05, 1, 3.69, 12)
    for a, b in ((1, 1), (3, 39), (2, 7), (12, 228), (5, 4))
]
# With so many degrees of freedom as to be infinite; scipy integrates to about 1e-9.
tail = [[q, k, stats.studentized_range.sf(q, k, 1e9)] for q in (0.5, 2, 3.633, 5) for k in (2, 4, 10, 20)]
quantile = [
    [p, k, stats.studentized_range.ppf(1 - p, k, 1e9)] for p in (0.05, 0.1) for k in (2, 4, 10, 15)
]
with open("test-distributions.json", "w") as file:
    json.dump({"chiSquare": chi, "chiSquareQuantile": chi_quantile, "f": f, "rangeTail": tail, "rangeQuantile": quantile}, file)
    file.write("\n")
