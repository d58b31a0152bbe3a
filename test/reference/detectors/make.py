# Unsupervised scores of scikit-learn on seeded rows: 240 correlated rows and 60 outlying ones, and
# 50 others that are judged. Run once, from this folder:  /usr/bin/python3 make.py
# (scikit-learn 1.2.1, scipy 1.10.1, numpy 1.24.2) writes sklearn.json.
import json
import numpy
from scipy.stats import chi2
from sklearn.covariance import MinCovDet
from sklearn.ensemble import IsolationForest
from sklearn.ensemble._iforest import _average_path_length
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import StandardScaler
from sklearn.svm import OneClassSVM

random = numpy.random.default_rng(20201204)
mix = random.normal(size=(4, 4))
bulk = random.normal(size=(240, 4)) @ mix
odd = random.normal(size=(60, 4)) @ mix * 0.3 + numpy.array([6, -5, 4, 7])
rows = numpy.round(numpy.vstack([bulk, odd]), 4)
judged = numpy.round(random.normal(size=(50, 4)) @ mix * 1.5, 4)


def determinant(fit):
    return float(numpy.linalg.det(numpy.cov(rows[fit.raw_support_].T, bias=True)))


# Its 30 starts end in one of several local minima, so the least of many random states is taken.
mcd = min((MinCovDet(random_state=seed).fit(rows) for seed in range(400)), key=determinant)
raw_determinant = determinant(mcd)
scaler = StandardScaler().fit(rows)
scaled, scaled_judged = scaler.transform(rows), scaler.transform(judged)
neighbours = NearestNeighbors(n_neighbors=5).fit(scaled)
own, _ = neighbours.kneighbors()
others, _ = neighbours.kneighbors(scaled_judged)
svms = []
for nu, gamma in ((0.1, 0.25), (0.35, 1.0)):
    svm = OneClassSVM(nu=nu, gamma=gamma, tol=1e-9).fit(scaled)
    svms.append(
        {
            "outside": nu,
            "gamma": gamma,
            "own": list(-svm.decision_function(scaled)),
            "judged": list(-svm.decision_function(scaled_judged)),
        }
    )
forest = IsolationForest(n_estimators=1000, max_samples=256, random_state=0).fit(rows)
sizes = [1, 2, 3, 10, 256, 1000]
result = {
    "rows": rows.tolist(),
    "judged": judged.tolist(),
    "mcd": {
        "kept": int((mcd.support_).sum()),
        "supported": int(mcd.raw_support_.sum()),
        "rawDeterminant": raw_determinant,
        "determinantOfAll": float(numpy.linalg.det(numpy.cov(rows.T, bias=True))),
        "squares": list(mcd.dist_),
        "judgedSquares": list(mcd.mahalanobis(judged)),
        # scikit-learn leaves out the factor that brings a spread of 97.5 % of a normal
        # distribution to that of all of it.
        "toNormal": 0.975 / chi2.cdf(chi2.isf(0.025, 4), 6),
    },
    "farthest": list(own[:, 4]),
    "mean": list(own.mean(axis=1)),
    "judgedFarthest": list(others[:, 4]),
    "svms": svms,
    "isolation": list(-forest.score_samples(rows)),
    "judgedIsolation": list(-forest.score_samples(judged)),
    "paths": [[size, float(_average_path_length([size])[0])] for size in sizes],
}
with open("sklearn.json", "w") as file:
    json.dump(result, file)
    file.write("\n")
print(result["mcd"]["kept"], result["mcd"]["supported"], raw_determinant)
