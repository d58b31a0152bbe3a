import { VECTOR_METHODS } from "./vector-evidence";

/** What `npm run new-study` is told by its options. */
export const usage = `npm run new-study -- NAME [options]        makes data/NAME from your files
npm run new-study -- NAME --check           checks data/NAME again
npm run new-study -- NAME --check --update-checksums

Files. At a terminal what is left out is asked for. CSV, GeoJSON, shapefile, GeoPackage (a layer as file.gpkg#layer):
  --raster FILE.tif         evidence: every band is a layer; may be repeated
  --element-grid FILE.tif   an element's concentrations: its singularity, and components of all; may be repeated
  --samples FILE            geochemical samples: every column of an element is a layer
  --faults FILE             lines: distance to the nearest, and density
  --intrusions FILE         polygons: distance to the nearest
  --layer FILE=METHOD,...   other lines or polygons: ${VECTOR_METHODS.join(", ")},
                            category:PROPERTY; FILE= alone is only drawn; may be repeated
  --occurrences FILE        known occurrences
  --area FILE               polygons that the study is about; without it, ground within so many
                            spacings of a sample where there are samples; none: the whole region
  --zones FILE              polygons with a property, or one line that divides the area

What the files do not say, or say otherwise:
  --epsg CODE               the study's CRS, in metres
  --region W,E,S,N          edges; the first raster's, or the samples' without it
  --pixel SIZE              the first raster's, or a fifth of the samples' spacing without it
  --commodity Au            the most frequent without it
  --commodity-column NAME
  --zone-property NAME, --sides LEFT,RIGHT
  --crs-of FILE=CODE        CRS of a file, by its path or its name alone
  --columns-of FILE=X,Y     columns with easting and northing (longitude and latitude)
  --name-of FILE=COLUMN     column with the names of samples or occurrences
  --element As=COLUMN:UNIT[:LIMIT]   may be repeated; LIMIT is the detection limit
  --unit UNIT               of element columns that name none: %, ppm, ppb, g/t, mg/kg, ug/kg
  --element-of FILE=Au      element of a grid whose name does not say it
  --elements Au,As          element columns that are read and examined; those of --only without it
  --only Au,As              elements that become layers; all without it
  --mixed COLUMN=UNIT       unit of those values of a column that are not in the unit of its name; may be repeated
  --method singularity|inverseDistance|kriging   of samples; singularity without it
  --sheet COLUMN            column with the map sheet of a sample; --level-sheets brings their medians together
  --missing -9999,NS        what stands for no value, in samples and rasters
  --skip-rows N             leaves out up to N rows without coordinates of each table; none without it,
                            or as you answer at a terminal
  --data -9999,Fe_pct       values that look like no value, and columns of samples that look like two
                            units, and are measurements
  --negative detectionLimit|missing, --zero belowDetection|missing
  --high Au,As --low DTF    layers held favourable when high, when low, by label
  --title, --licence, --source TEXT

  --yes                     asks nothing at a terminal
  --replace                 in place of an existing data/NAME
  --draft                   keeps data/NAME even when something is wrong, to mend study.json by hand`;
