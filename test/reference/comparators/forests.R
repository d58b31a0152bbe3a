# Probability forests of ranger on data.csv: the first 1000 rows train, the last 400 test.
# Run once, from this folder:  Rscript forests.R   writes ranger.csv: one line a seed.
# (Debian packages r-base-core 4.2.2, r-cran-ranger 0.14.1, r-cran-proc 1.18.0.)
suppressMessages({library(ranger); library(pROC)})
all <- read.csv("data.csv"); all$label <- factor(all$label)
train <- all[1:1000, ]; test <- all[1001:1400, ]
rows <- do.call(rbind, lapply(1:20, function(seed) {
  fit <- ranger(label ~ ., train, num.trees = 500, probability = TRUE, importance = "permutation", seed = seed)
  gini <- ranger(label ~ ., train, num.trees = 500, probability = TRUE, importance = "impurity", seed = seed)
  p <- predict(fit, test)$predictions[, "1"]
  oob <- fit$predictions[, "1"]
  data.frame(seed, auc = as.numeric(auc(test$label, p, direction = "<", quiet = TRUE)),
    brier = fit$prediction.error, error = mean((oob > 0.5) != (train$label == "1")),
    t(setNames(fit$variable.importance, paste0("permutation.", names(train)[1:9]))),
    t(setNames(gini$variable.importance / sum(gini$variable.importance), paste0("impurity.", names(train)[1:9]))))
}))
write.csv(format(rows, digits = 8), "ranger.csv", row.names = FALSE, quote = FALSE)
