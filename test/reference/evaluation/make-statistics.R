# DeLong's intervals and paired test from pROC, Holm's adjustment and
# Student's quantiles from R, for statistics.json.
# Run once, from this folder, after make-statistics.py:  Rscript make-statistics.R > statistics-r.json
# (Debian packages r-base-core, r-cran-proc and r-cran-jsonlite.)
suppressMessages({
  library(pROC)
  library(jsonlite)
})
given <- fromJSON("statistics.json")
first <- roc(given$labels, given$first, direction = "<", quiet = TRUE)
second <- roc(given$labels, given$second, direction = "<", quiet = TRUE)
test <- roc.test(first, second, method = "delong", paired = TRUE)
raw <- c(0.012, 0.0004, 0.03, 0.03, 0.6, 0.0021, 0.9, 0.011)
cat(toJSON(list(
  versions = list(R = as.character(getRversion()), pROC = as.character(packageVersion("pROC"))),
  intervals = list(as.numeric(ci.auc(first)), as.numeric(ci.auc(second))),
  variances = c(var(first), var(second)),
  covariance = cov(first, second),
  z = as.numeric(test$statistic),
  p = test$p.value,
  difference = as.numeric(test$conf.int),
  raw = raw,
  studentQuantile = data.matrix(transform(
    expand.grid(share = c(0.025, 0.5, 0.9, 0.975, 0.995), degrees = c(1, 2, 3, 4, 9, 30)),
    t = qt(share, degrees)
  )),
  holm = p.adjust(raw, "holm")
), digits = NA, auto_unbox = TRUE), "\n")
