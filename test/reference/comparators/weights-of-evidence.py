# What other programs say of the tables that weights of evidence are made of: the log odds ratio of
# a table of two by two (a contrast) with its standard error, and chi-square of tables of counts.
# Run once, from this folder:  /usr/bin/python3 weights-of-evidence.py
# (statsmodels 0.13.5, scipy 1.10.1) writes weights-of-evidence.json.
import json
import numpy
from scipy.stats import chi2_contingency
from statsmodels.stats.contingency_tables import Table2x2

tables = [[[6, 14], [4, 76]], [[3, 200], [30, 9000]], [[17, 40], [1, 600]]]
contrasts = []
for table in tables:
    own = Table2x2(numpy.asarray(table), shift_zeros=False)
    contrasts.append([own.log_oddsratio, own.log_oddsratio_se])
counts = [[[9, 2], [3, 8]], [[5, 4], [5, 5]], [[6, 1, 3], [2, 7, 4]]]
tests = []
for table in counts:
    chi, p, degrees, expected = chi2_contingency(table)
    tests.append({"chiSquare": chi, "p": p, "degrees": degrees, "leastExpected": expected.min()})
with open("weights-of-evidence.json", "w") as file:
    json.dump({"tables": tables, "contrasts": contrasts, "counts": counts, "tests": tests}, file)
    file.write("\n")
