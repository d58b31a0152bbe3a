# DeLong's interval from pROC for the vectors of sklearn.json.
# Run once, from this folder:  Rscript make.R
# (Debian packages r-base-core and r-cran-proc.) Prints version, area, lower and upper bound.
text <- paste(readLines("sklearn.json"), collapse = "")
numbers <- function(name) {
  found <- regmatches(text, regexpr(paste0('"', name, '": \\[[^]]*\\]'), text))
  as.numeric(strsplit(gsub('.*\\[|\\]', "", found), ",")[[1]])
}
suppressMessages(library(pROC))
curve <- roc(numbers("labels"), numbers("scores"), direction = "<", quiet = TRUE)
interval <- ci.auc(curve, method = "delong")
cat("pROC", as.character(packageVersion("pROC")), format(interval[c(2, 1, 3)], digits = 15), "\n")
