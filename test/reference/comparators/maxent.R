# Maximum entropy by its definition (Phillips et al. 2017) on data.csv, fitted with glmnet.
# Run once, from this folder:  Rscript maxent.R > maxent.json
# (Debian packages r-base-core 4.2.2 and r-cran-glmnet 4.1-6.)
# A case of n presences takes the first n rows of label 1 and the first 600 of label 0.
suppressMessages(library(glmnet))
all <- read.csv("data.csv")
names9 <- names(all)[1:9]

hat <- function(x, low, high) pmin(1, pmax(0, (x - low) / (high - low)))
classes_for <- function(n) if (n < 10) "l" else if (n < 15) "lq" else if (n < 80) "lqh" else "lqph"
has <- function(classes, letter) grepl(letter, classes, fixed = TRUE)

expand <- function(x, low, high, classes) {
  columns <- list(); kinds <- c()
  put <- function(column, kind) { columns[[length(columns) + 1]] <<- column; kinds <<- c(kinds, kind) }
  if (has(classes, "l")) for (v in names9) put(x[[v]], "l")
  if (has(classes, "q")) for (v in names9) put(x[[v]]^2, "q")
  if (has(classes, "h")) for (v in names9) {
    k <- seq(low[v], high[v], length.out = 50)
    for (i in 1:49) put(hat(x[[v]], k[i], high[v]), "h")
    for (i in 2:50) put(hat(x[[v]], low[v], k[i]), "h")
  }
  if (has(classes, "t")) for (v in names9) {
    k <- seq(low[v], high[v], length.out = 52)
    for (i in 2:51) put(as.numeric(x[[v]] >= k[i]), "t")
  }
  if (has(classes, "p")) for (i in 1:8) for (j in (i + 1):9) put(x[[names9[i]]] * x[[names9[j]]], "p")
  list(m = do.call(cbind, columns), kinds = kinds)
}

regularisation <- function(m, kinds, p) {
  n <- sum(p); seen <- m[p == 1, , drop = FALSE]
  straight <- list(c(0, 10, 30, 100), c(1, 1, 0.2, 0.05))
  if ("q" %in% kinds) straight <- list(c(0, 10, 17, 30, 100), c(1.3, 0.8, 0.5, 0.25, 0.05))
  if ("p" %in% kinds) straight <- list(c(0, 10, 17, 30, 100), c(2.6, 1.6, 0.9, 0.55, 0.05))
  sapply(seq_along(kinds), function(j) {
    t <- switch(kinds[j], h = list(c(0, 1), c(0.5, 0.5)), t = list(c(0, 100), c(2, 1)), straight)
    deviation <- sd(seen[, j])
    bounds <- c(0.001 * diff(range(m[, j])), deviation * approx(t[[1]], t[[2]], n, rule = 2)$y / sqrt(n))
    if (kinds[j] == "h") bounds <- c(bounds, max(deviation, 1 / sqrt(n)) * 0.5 / sqrt(n))
    if (kinds[j] == "t" && sum(seen[, j]) %in% c(0, n)) bounds <- c(bounds, 1)
    max(bounds)
  })
}

numbers <- function(x) paste0("[", paste(format(x, digits = 12, trim = TRUE, scientific = TRUE), collapse = ","), "]")
one <- function(n, classes = classes_for(n), thresh = 1e-13) {
  present <- all[all$label == 1, names9][1:n, ]; absent <- all[all$label == 0, names9][1:600, ]
  key <- function(d) do.call(paste, d)
  added <- unique(present[!(key(present) %in% key(absent)), ])
  data <- rbind(present, absent, added)
  p <- c(rep(1, n), rep(0, 600 + nrow(added)))
  low <- sapply(data, min); high <- sapply(data, max)
  e <- expand(data, low, high, classes)
  reg <- regularisation(e$m, e$kinds, p)
  w <- ifelse(p == 1, 1, 100)
  glmnet.control(pmin = 1e-8, fdev = 0)
  fit <- glmnet(e$m, as.factor(p), family = "binomial", standardize = FALSE, penalty.factor = reg,
    lambda = 10^seq(4, 0, length.out = 200) * mean(reg) * sum(p) / sum(w), weights = w,
    thresh = thresh, maxit = 1e7)
  beta <- fit$beta[, 200]
  lp <- as.vector(e$m[p == 0, ] %*% beta)
  alpha <- -log(sum(exp(lp))); raw <- exp(lp + alpha); entropy <- -sum(raw * log(raw))
  x <- all[, names9]; for (v in names9) x[[v]] <- pmin(high[v], pmax(low[v], x[[v]]))
  m <- expand(x, low, high, classes)$m
  for (j in seq_len(ncol(m))) m[, j] <- pmin(max(e$m[, j]), pmax(min(e$m[, j]), m[, j]))
  link <- as.vector(m %*% beta) + alpha
  # The objective of the lasso, so that a better minimum can be told from a worse one.
  eta <- as.vector(e$m %*% beta) + fit$a0[200]
  objective <- sum(w * (log1p(exp(eta)) - p * eta)) + n * sum(reg * abs(beta))
  # Coefficients, but where columns are the same (a hinge over the whole range) their sum at the first.
  cat(sprintf('{"presences":%d,"classes":"%s","length":%d,"alpha":%.12g,"entropy":%.12g,"objective":%.12g,', n, classes, length(fit$lambda), alpha, entropy, objective))
  cat('"regularisation":', numbers(reg), ',"coefficients":', numbers(beta), ',"link":', numbers(link), "}", sep = "")
}
cat('{"versions":"R', as.character(getRversion()), "glmnet", as.character(packageVersion("glmnet")), '","cases":[\n')
one(8); cat(",\n"); one(12); cat(",\n"); one(40); cat(",\n"); one(100); cat(",\n")
one(40, "lqpht"); cat(",\n"); one(150, "lqp"); cat("]}\n")
