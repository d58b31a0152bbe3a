"""Reference numbers for the agreement of two correlation matrices, from scipy, all relabellings.

Run once, from this folder:  python3 make-matrix-agreement.py > matrix-agreement.json
(Debian packages python3-scipy and python3-numpy.)
"""

import itertools
import json

import numpy
import scipy
from scipy.stats import spearmanr

published = numpy.array(
    json.load(open("../../../data/published/zhang2021.json"))["table1EvidenceCorrelation"]["matrix"]
)
generator = numpy.random.default_rng(20201204)
noise = generator.normal(scale=0.08, size=published.shape)
# Rounded, so that many pairs are tied.
own = numpy.round(published + (noise + noise.T) / 2, 2)
numpy.fill_diagonal(own, 1)


def pairs(matrix, order):
    return [matrix[a][b] for a, b in itertools.combinations(order, 2)]


def agreement(matrix, reference):
    order = range(len(matrix))
    known = pairs(reference, order)
    rank = spearmanr(pairs(matrix, order), known).statistic
    return rank, known


rank, known = agreement(own, published)
five = [matrix[:5, :5] for matrix in (own, published)]
rank5, known5 = agreement(*five)
every = numpy.array(
    [spearmanr(pairs(five[0], order), known5).statistic for order in itertools.permutations(range(5))]
)
signed = [(a, b) for a, b in zip(pairs(own, range(9)), known) if b != 0]
same = sum(a * b > 0 for a, b in signed)
print(
    json.dumps(
        {
            "scipy": scipy.__version__,
            "matrix": own.tolist(),
            "rank": rank,
            "same": int(same),
            "signed": len(signed),
            "fiveRank": rank5,
            "fiveShareAsHigh": float(numpy.mean(every >= rank5 - 1e-12)),
            "fiveEvery": numpy.sort(every).tolist(),
        }
    )
)
