# The protocol of the open benchmark for geochemical anomaly detection (arXiv 2603.13068) on seeded
# points: score of the nearest sample of each site, negatives at least 5 km from every site, drawn
# with replacement. Written after its description, with its deviation (numpy's std, of 0 degrees).
# Run once, from this folder:  /usr/bin/python3 make-benchmark.py   (numpy 1.24.2, scikit-learn 1.2.1)
import json
import numpy
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import KDTree

random = numpy.random.default_rng(20201204)
places = numpy.round(random.uniform(0, 40_000, size=(300, 2)), 1)
sites = numpy.round(random.uniform(10_000, 25_000, size=(9, 2)), 1)
distances = numpy.sqrt(((places[:, None, :] - sites[None, :, :]) ** 2).sum(axis=2))
scores = numpy.round(random.normal(size=300) + 1.2 * (distances.min(axis=1) < 3000), 3)
nearest = KDTree(places).query(sites, k=1)[1].ravel()
positives = scores[nearest]
eligible = numpy.where(distances.min(axis=1) >= 5000)[0]
labels = [1] * 9 + [0] * 9
aucs = [
    roc_auc_score(labels, [*positives, *scores[random.choice(eligible, 9, replace=True)]])
    for _ in range(20_000)
]
all_of_them = roc_auc_score([1] * 9 + [0] * len(eligible), [*positives, *scores[eligible]])
with open("benchmark.json", "w") as file:
    json.dump(
        {
            "places": places.tolist(),
            "scores": scores.tolist(),
            "sites": sites.tolist(),
            "eligible": len(eligible),
            "againstAll": all_of_them,
            "mean": float(numpy.mean(aucs)),
            "deviation": float(numpy.std(aucs)),
            "farthest": float(distances[nearest, range(9)].max()),
        },
        file,
    )
    file.write("\n")
