# Logistic regression by statsmodels on data.csv (rows with labels; the first 1000) and gradient
# boosting by scikit-learn on the same rows, features rounded to 1/1024 so that single and double
# precision hold the same numbers. Run once, from this folder:  /usr/bin/python3 supervised.py
# (statsmodels 0.13.5, scikit-learn 1.2.1, numpy 1.24.2) writes supervised.json.
import json
import numpy
import statsmodels.api as sm
from sklearn.ensemble import GradientBoostingClassifier

data = numpy.genfromtxt("data.csv", delimiter=",", names=True)
names = list(data.dtype.names)[:9]
x = numpy.column_stack([data[name] for name in names])
y = data["label"].astype(int)
fit = sm.Logit(y[:1000], sm.add_constant(x[:1000])).fit(tol=1e-12, disp=0)
logistic = {
    "coefficients": list(fit.params),
    "errors": list(fit.bse),
    "p": list(fit.pvalues),
    "deviance": -2 * fit.llf,
    "predicted": list(fit.predict(sm.add_constant(x[1000:1020]))),
}
rounded = numpy.round(x * 1024) / 1024
boosting = []
for settings in (
    {"n_estimators": 60, "learning_rate": 0.1, "max_depth": 3, "min_samples_leaf": 20},
    {"n_estimators": 25, "learning_rate": 0.3, "max_depth": 2, "min_samples_leaf": 30},
):
    model = GradientBoostingClassifier(
        criterion="squared_error", random_state=0, **settings
    ).fit(rounded[:1000], y[:1000])
    boosting.append(
        {
            **settings,
            "loss": [model.train_score_[0], model.train_score_[9], model.train_score_[-1]],
            "predicted": list(model.predict_proba(rounded[1000:1100])[:, 1]),
        }
    )
with open("supervised.json", "w") as file:
    json.dump({"logistic": logistic, "boosting": boosting}, file)
    file.write("\n")
