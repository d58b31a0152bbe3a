# Interpolation of two public sets of soil samples by gstat, for interpolation.json.
# Run once, from this folder:  Rscript make-geostatistics.R
# (Debian packages r-base-core, r-cran-gstat, r-cran-sp.) Writes meuse.csv, jura-prediction.csv,
# jura-validation.csv and interpolation.json.
suppressMessages({ library(sp); library(gstat) })
data(meuse, package = "sp")
data(jura, package = "gstat")
write.csv(meuse[, c("x", "y", "zinc")], "meuse.csv", row.names = FALSE, quote = FALSE)
columns <- c("Xloc", "Yloc", "Cd", "Co", "Cr", "Cu", "Ni", "Pb", "Zn")
write.csv(jura.pred[, columns], "jura-prediction.csv", row.names = FALSE, quote = FALSE)
write.csv(jura.val[, columns], "jura-validation.csv", row.names = FALSE, quote = FALSE)

coordinates(meuse) <- ~ x + y
predicted <- jura.pred; coordinates(predicted) <- ~ Xloc + Yloc
validated <- jura.val; coordinates(validated) <- ~ Xloc + Yloc
numbers <- function(values) paste0("[", paste(format(values, digits = 15), collapse = ", "), "]")
lines <- c()
put <- function(name, values) lines <<- c(lines, paste0('  "', name, '": ', numbers(unname(values))))
rmse <- function(residual) sqrt(mean(residual^2))
left.out <- function(formula, ...) krige.cv(formula, meuse, verbose = FALSE, ...)

# Inverse distance weighting, power 2.
idp <- list(idp = 2)
put("idwZincAllRmse", rmse(left.out(zinc ~ 1, set = idp)$residual))
put("idwZinc12Rmse", rmse(left.out(zinc ~ 1, nmax = 12, set = idp)$residual))
put("idwLogZincAllRmse", rmse(left.out(log(zinc) ~ 1, set = idp)$residual))
put("idwLogZinc12Rmse", rmse(left.out(log(zinc) ~ 1, nmax = 12, set = idp)$residual))
for (element in c("Cd", "Cu", "Ni", "Zn")) {
  found <- idw(as.formula(paste(element, "~ 1")), predicted, validated, idp = 2, debug.level = 0)
  put(paste0("jura", element, "AllRmse"), rmse(found$var1.pred - jura.val[[element]]))
}
found <- idw(Zn ~ 1, predicted, validated, idp = 3, nmax = 7, debug.level = 0)
put("juraZn7Power3", found$var1.pred)

# Ordinary kriging of log zinc with given models, at points off the samples.
points <- data.frame(x = c(179000, 179500, 180000, 180500, 181000, 180250, 178700, 181300),
                     y = c(330000, 330500, 331500, 332000, 333500, 333000, 329700, 331100))
put("pointEastings", points$x); put("pointNorthings", points$y)
coordinates(points) <- ~ x + y
models <- list(spherical = vgm(.59, "Sph", 897, .05), exponential = vgm(.72, "Exp", 449, .02),
               gaussian = vgm(.5, "Gau", 500, .1))
for (name in names(models)) for (nmax in c(Inf, 12)) {
  key <- paste0(name, ifelse(nmax == 12, "12", "All"))
  found <- krige(log(zinc) ~ 1, meuse, points, model = models[[name]], nmax = nmax, debug.level = 0)
  put(paste0(key, "Predictions"), found$var1.pred)
  put(paste0(key, "Variances"), found$var1.var)
  left <- left.out(log(zinc) ~ 1, model = models[[name]], nmax = nmax)
  put(paste0(key, "Rmse"), rmse(left$residual))
  put(paste0(key, "LeftOutPredictions"), left$var1.pred[1:20])
  put(paste0(key, "LeftOutVariances"), left$var1.var[1:20])
}

# Empirical variogram with gstat's own cutoff (a third of the box's diagonal) and 15 lags, and fits
# by weighted least squares, weights N / distance^2 (fit.method 7).
empirical <- variogram(log(zinc) ~ 1, meuse)
put("variogramPairs", empirical$np)
put("variogramDistances", empirical$dist)
put("variogramSemivariances", empirical$gamma)
for (model in c("Sph", "Exp", "Gau")) {
  fit <- fit.variogram(empirical, vgm(.6, model, ifelse(model == "Sph", 900, 300), .05))
  put(paste0("fit", model), c(fit$psill[1], fit$psill[2], fit$range[2], attr(fit, "SSErr")))
}
# The same least squares by optim, bounded below at 0: gstat's own search stops short for "Gau".
forms <- list(Sph = function(h) ifelse(h < 1, 1.5 * h - 0.5 * h^3, 1), Exp = function(h) 1 - exp(-h),
              Gau = function(h) 1 - exp(-h^2))
for (model in names(forms)) {
  of <- function(p) sum(empirical$np / empirical$dist^2 *
    (empirical$gamma - p[1] - p[2] * forms[[model]](empirical$dist / (1000 * p[3])))^2) * 1e5
  start <- c(.05, .6, ifelse(model == "Sph", .9, .3))
  fit <- optim(start, of, method = "L-BFGS-B", lower = c(0, 0, .01),
               control = list(factr = 10, maxit = 10000, ndeps = rep(1e-6, 3)))
  put(paste0("optim", model), c(fit$par[1:2], 1000 * fit$par[3], fit$value / 1e5))
}
versions <- paste0('  "versions": "', R.version.string, ", gstat ", packageVersion("gstat"), '"')
writeLines(c("{", paste(c(versions, lines), collapse = ",\n"), "}"), "interpolation.json")
