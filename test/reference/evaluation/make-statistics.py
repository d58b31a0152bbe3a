"""Reference numbers for the statistics of evaluation, from scikit-learn and scipy.

Run once, from this folder:  python3 make-statistics.py > statistics.json
(Debian packages python3-sklearn, python3-scipy and python3-numpy.)
"""

import json

import numpy
import scipy
import sklearn
from scipy.stats import binomtest, bootstrap, friedmanchisquare, norm
from scipy.stats._resampling import BootstrapResult
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    brier_score_loss,
    precision_recall_curve,
    roc_auc_score,
)

generator = numpy.random.default_rng(20201204)
labels = (generator.random(120) < 0.2).astype(int)
# Rounded, so that many scores are tied; the second follows the first.
first = numpy.round(generator.normal(size=120) + 1.2 * labels, 1)
second = numpy.round(0.7 * first + 0.6 * generator.normal(size=120), 1)
probabilities = generator.beta(0.4, 0.6, size=120)
precision, recall, _ = precision_recall_curve(labels, first)
observed, predicted = calibration_curve(labels, probabilities, n_bins=10)

sample = generator.exponential(size=25)
resampled = generator.choice(sample, size=(999, 25)).mean(axis=1)
given = BootstrapResult(None, resampled, 0)


def given_interval(method):
    result = bootstrap(
        (sample,), numpy.mean, n_resamples=0, method=method, bootstrap_result=given, vectorized=True
    )
    return list(result.confidence_interval)


seeds = generator.normal(size=(5, 9)) + numpy.linspace(1, 0, 9)
coarse = numpy.round(seeds, 0)


def concordance(table):
    repeats, things = table.shape
    return friedmanchisquare(*table.T).statistic / (repeats * (things - 1))


print(
    json.dumps(
        {
            "versions": {
                "numpy": numpy.__version__,
                "scipy": scipy.__version__,
                "sklearn": sklearn.__version__,
            },
            "labels": labels.tolist(),
            "first": first.tolist(),
            "second": second.tolist(),
            "aucs": [roc_auc_score(labels, first), roc_auc_score(labels, second)],
            "averagePrecision": [
                average_precision_score(labels, first),
                average_precision_score(labels, second),
            ],
            # scikit-learn lists them from the lowest threshold and adds the point (0, 1).
            "precision": precision[:-1][::-1].tolist(),
            "recall": recall[:-1][::-1].tolist(),
            "probabilities": probabilities.tolist(),
            "brier": brier_score_loss(labels, probabilities),
            "observed": observed.tolist(),
            "predicted": predicted.tolist(),
            "sample": sample.tolist(),
            "resampled": resampled.tolist(),
            "percentile": given_interval("percentile"),
            "bca": given_interval("BCa"),
            "wilson": [
                [hits, trials, *binomtest(hits, trials).proportion_ci(method="wilson")]
                for hits, trials in [(14, 18), (18, 18), (0, 18), (6, 6), (200, 255)]
            ],
            "normal": [[z, norm.sf(z)] for z in [0, 0.3, 1, 1.96, 2.9, 3.1, 5, 8, -1.2]],
            "normalQuantile": [[p, norm.ppf(p)] for p in [1e-12, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999]],
            "seeds": seeds.tolist(),
            "coarse": coarse.tolist(),
            "concordance": [concordance(seeds), concordance(coarse)],
        }
    )
)
