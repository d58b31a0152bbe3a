"""Reference numbers for the evaluation tests, from scikit-learn and numpy.

Run once, from this folder:  python3 make.py > sklearn.json
(Debian packages python3-sklearn and python3-numpy.)
"""

import json

import numpy
import sklearn
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score, roc_curve

generator = numpy.random.default_rng(20201204)
labels = (generator.random(60) < 0.3).astype(int)
# Rounded to one digit, so that many scores are tied across the classes.
scores = numpy.round(generator.normal(size=60) + labels, 1)
false_positive, true_positive, thresholds = roc_curve(labels, scores, drop_intermediate=False)

table = generator.normal(size=(40, 4))
table[:, 1] += table[:, 0]
table[:, 3] += 1e6
patches = generator.normal(size=(30, 12)) @ generator.normal(size=(12, 12))


def pca_errors(rows, share):
    model = PCA(n_components=share, svd_solver="full").fit(rows)
    rebuilt = model.inverse_transform(model.transform(rows))
    return {"components": int(model.n_components_), "errors": ((rows - rebuilt) ** 2).mean(axis=1).tolist()}


single = patches.astype(numpy.float32).astype(float)
print(
    json.dumps(
        {
            "versions": {"numpy": numpy.__version__, "sklearn": sklearn.__version__},
            "labels": labels.tolist(),
            "scores": scores.tolist(),
            "auc": roc_auc_score(labels, scores),
            "falsePositiveRate": false_positive.tolist(),
            "truePositiveRate": true_positive.tolist(),
            "table": table.T.tolist(),
            "correlation": numpy.corrcoef(table.T).tolist(),
            "patches": single.tolist(),
            "pcaTall": pca_errors(single, 0.8),
            "pcaWide": pca_errors(single[:8], 0.8),
        }
    )
)
