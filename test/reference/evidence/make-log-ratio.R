# Log-ratios and their principal components by hand in base R, for log-ratio.json.
# Run once, from this folder, after make-geostatistics.R:  Rscript make-log-ratio.R
# The composition is the seven metals of the 259 jura samples.
data <- as.matrix(read.csv("jura-prediction.csv")[, 3:9])
closed <- data / rowSums(data)
D <- ncol(closed)
clr <- log(closed) - rowMeans(log(closed))
alr <- log(closed[, -D] / closed[, D])
# Pivot coordinates: part i against the geometric mean of the parts after it.
basis <- sapply(1:(D - 1), function(i) {
  rest <- D - i
  c(rep(0, i - 1), sqrt(rest / (rest + 1)), rep(-sqrt(1 / (rest * (rest + 1))), rest))
})
ilr <- clr %*% basis
byIlr <- prcomp(ilr)
byClr <- prcomp(clr)
numbers <- function(values) paste0("[", paste(format(values, digits = 17), collapse = ", "), "]")
lines <- c()
put <- function(name, values) lines <<- c(lines, paste0('  "', name, '": ', numbers(unname(values))))
some <- c(1:5, 259)
put("samples", some - 1)
put("closed", t(closed[some, ])); put("alr", t(alr[some, ])); put("clr", t(clr[some, ])); put("ilr", t(ilr[some, ]))
put("variances", byIlr$sdev^2)
put("clrVariances", byClr$sdev[1:(D - 1)]^2)
put("ilrLoadingsAsClr", t(t(basis %*% byIlr$rotation)))
put("clrLoadings", byClr$rotation[, 1:(D - 1)])
put("ilrScores", t(byIlr$x[some, ])); put("clrScores", t(byClr$x[some, 1:(D - 1)]))
lines <- c(paste0('  "version": "', R.version.string, '"'), lines)
writeLines(c("{", paste(lines, collapse = ",\n"), "}"), "log-ratio.json")
