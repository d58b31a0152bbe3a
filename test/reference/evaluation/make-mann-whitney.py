# Mann and Whitney's U and p, with ties, by scipy.
# /usr/bin/python3 test/reference/evaluation/make-mann-whitney.py > test/reference/evaluation/mann-whitney.json
import json

import numpy as np
from scipy.stats import mannwhitneyu

random = np.random.default_rng(7)
cases = [
    (random.normal(0, 1, 12), random.normal(0.8, 1, 17)),
    (np.round(random.normal(3, 1, 25)), np.round(random.normal(3.4, 1, 31))),
    (np.array([1.0, 1, 2, 2, 3, 3, 3, 4, 5, 5]), np.array([2.0, 3, 3, 4, 4, 4, 5, 6, 6, 7])),
]
print(json.dumps([
    {"first": a.tolist(), "second": b.tolist(), "u": result.statistic, "p": result.pvalue}
    for a, b in cases
    for result in [mannwhitneyu(a, b, alternative="two-sided", method="asymptotic")]
]))
