# Random forests of scikit-learn on data.csv: the first 1000 rows train, the last 400 test.
# Run once, from this folder:  python3 forests.py   writes sklearn.csv: one line a seed.
# (scikit-learn 1.2.1, numpy 1.24.2)
import numpy
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import brier_score_loss, roc_auc_score

data = numpy.genfromtxt("data.csv", delimiter=",", names=True)
names = list(data.dtype.names)[:9]
x = numpy.column_stack([data[name] for name in names])
y = data["label"].astype(int)
with open("sklearn.csv", "w") as file:
    print("seed,auc,brier,error," + ",".join(f"impurity.{name}" for name in names), file=file)
    for seed in range(1, 21):
        forest = RandomForestClassifier(500, max_features="sqrt", oob_score=True, random_state=seed)
        forest.fit(x[:1000], y[:1000])
        auc = roc_auc_score(y[1000:], forest.predict_proba(x[1000:])[:, 1])
        brier = brier_score_loss(y[:1000], forest.oob_decision_function_[:, 1])
        numbers = [auc, brier, 1 - forest.oob_score_, *forest.feature_importances_]
        print(f"{seed}," + ",".join(f"{number:.8f}" for number in numbers), file=file)
