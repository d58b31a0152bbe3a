# Data for the comparison of random forests and maximum entropy: 9 correlated predictors, some
# rounded so that values tie, and labels from a known rule with noise.
# Run once, from this folder:  python3 make-data.py   (numpy 1.24.2)
import numpy

random = numpy.random.default_rng(20201204)
count = 1400
latent = random.normal(size=(count, 3))
x = random.normal(size=(count, 9))
for column in range(6):
    x[:, column] += latent[:, column % 3]
x[:, 4] = numpy.round(x[:, 4])
lowest, highest = x.min(axis=0), x.max(axis=0)
scaled = numpy.round((x - lowest) / (highest - lowest), 4)
logit = 1.6 * x[:, 0] + 1.2 * x[:, 1] * (x[:, 2] > 0) - 0.8 * x[:, 6] ** 2 + 0.6 * x[:, 4] - 1.3
label = (random.uniform(size=count) < 1 / (1 + numpy.exp(-logit))).astype(int)
names = ["As", "Ag", "Au", "Cu", "Sb", "DTF", "DTI", "PC1", "PC2"]
with open("data.csv", "w") as file:
    file.write(",".join(names + ["label"]) + "\n")
    for row, value in zip(scaled, label):
        file.write(",".join(f"{v:.4f}" for v in row) + f",{value}\n")
print(label.sum(), "of", count)
