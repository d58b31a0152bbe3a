# Reference numbers for leaving one out with 16 neighbours, from gstat.
#
# Run once, from this folder:  Rscript make-leave-one-out.R > leave-one-out.json
# (Debian package r-cran-gstat.)
suppressMessages(library(gstat))
library(sp)
meuse <- read.csv("meuse.csv")
coordinates(meuse) <- ~ x + y
model <- vgm(psill = 0.59, model = "Sph", range = 897, nugget = 0.05)
left <- krige.cv(log(zinc) ~ 1, meuse, model, nmax = 16, nfold = nrow(meuse), verbose = FALSE)
cat(sprintf(
  '{"gstat": "%s", "spherical16Rmse": [%.15g], "spherical16StandardisedError": [%.15g]}\n',
  packageVersion("gstat"), sqrt(mean(left$residual^2)), mean(left$zscore^2)
))
