import { join } from "node:path";
import { InputError } from "../errors";
import type { ColourOptions } from "../figures/colour-scale";
import { saveFigure } from "../figures/export";
import { type Figure, labelled } from "../figures/figure";
import { qgisStyle } from "../figures/qgis-style";
import { renderSvg } from "../figures/render";
import { writeWhole } from "../files";
import { writeGeojson } from "../grid/geojson-write";
import { writeGeopackage } from "../grid/geopackage-write";
import { writeGeoTiff } from "../grid/geotiff-write";
import type { GridStack } from "../grid/grid";
import type { VectorFeature } from "../grid/vector-feature";
import { patchTags } from "../patches/patch-tags";
import type { PatchLayout } from "../patches/types";
import type { RunContext } from "../runs/context";
import { type RecordedStudy, recordedStudies } from "../runs/recorded";
import { openRunStore } from "../runs/store";
import { loadStudy } from "../study/load";
import type { Study } from "../study/types";
import { type Row, type TableOptions, tableCsv, tableHtml, tableText } from "../tables/table";
import { useBackend } from "../training/backend";
import { banner } from "./banner";
import { fitCoarsening } from "./coarsening";
import { projectFolders, studyFolder } from "./environment";
import { interruptSignal } from "./interrupt";
import { type CommonParameters, type Resolved, resolveParameters } from "./parameters";
import { progressLine } from "./progress";
import { publish } from "./publish";
import { queueSends, tslabPublisher } from "./queued-sends";
import { forgetNotebook, recordMetric } from "./record";
import { recordKeeper } from "./record-keeper";

/** What the cells of a notebook work with. */
export interface Notebook<P> {
  readonly study: Study;
  /** The parameters as they apply: profile chosen, command line heeded. */
  readonly parameters: Resolved<P> & CommonParameters;
  /** Store, seed and progress for the steps that compute. */
  readonly run: RunContext;
  /** Shows a figure and keeps it as SVG, PNG and PDF under its id. */
  show(figure: Figure, id: string): Promise<void>;
  /** Shows a table and keeps it as CSV under its id. */
  table(rows: readonly Row[], id: string, options?: TableOptions): void;
  /** Keeps bands as a cloud-optimised GeoTIFF with a QGIS style beside it, under an id. */
  saveMap(stack: GridStack, id: string, options?: MapOptions): void;
  /** What this study's notebooks, and those of other studies, have left on record so far. */
  recorded(): RecordedStudy[];
  /**
   * Keeps areas under an id as a GeoPackage, and as GeoJSON where the CRS has an EPSG code, without
   * which GeoJSON is read as degrees; nothing where there is none.
   *
   * @returns the files, relative to the study's results
   */
  saveAreas(features: readonly VectorFeature[], id: string): Promise<readonly string[]>;
  /** Keeps a headline number in metrics.json under a dotted key. */
  metric(key: string, measured: Measured): void;
  /** Shows a sentence with computed numbers in it, as Markdown; of a synthetic study it says so. */
  say(markdown: string): void;
}

/** How a kept map is drawn in a GIS, and what is known of it. */
export interface MapOptions {
  /** Colours of the first band; give those of the figure. */
  readonly colours?: ColourOptions;
  /** Of a map with one value a patch: the patches, whose grid it then carries. */
  readonly patches?: { readonly layout: PatchLayout };
}

/** A number with what is known of its uncertainty. */
export interface Measured {
  readonly value: number;
  readonly interval?: readonly [number, number];
  readonly n?: number;
}

/**
 * Opens a notebook: settles its parameters, reads and verifies the study, starts the backend, and
 * shows what applies. What an earlier run of this notebook left in the results is removed.
 *
 * @param id the notebook's file name without ending, such as "02-cae-variants"
 * @throws InputError when a parameter, the manifest or an input file is wrong
 */
export async function openNotebook<P extends CommonParameters>(
  id: string,
  written: P,
): Promise<Notebook<P>> {
  queueSends(tslabPublisher());
  const { parameters: resolved, overridden } = resolveParameters(written);
  const folders = projectFolders();
  const study = await loadStudy(studyFolder(folders.data, resolved.study));
  const { parameters, change } = fitCoarsening(study, resolved);
  const backend = await useBackend();
  const results = join(folders.results, study.id);
  forgetNotebook(results, id);
  const keeper = recordKeeper(results, id, study, parameters, backend);
  publish(banner(study, parameters, overridden, change, backend));
  const run: RunContext = {
    store: openRunStore(join(folders.results, ".runs")),
    seed: parameters.seed,
    backend,
    get signal() {
      return interruptSignal();
    },
    progress: progressLine,
    onTrial: keeper.trial,
  };
  return {
    study,
    parameters,
    run,
    async show(figure, figureId) {
      const shown = labelled(figure, study);
      await saveFigure(shown, figureId, join(results, "figures"));
      keeper.files(["svg", "png", "pdf"].map((kind) => `figures/${figureId}.${kind}`));
      publish({
        data: {
          "application/vnd.vegalite.v5+json": shown.spec,
          "image/svg+xml": await renderSvg(shown),
          "text/plain": shown.alt,
        },
        metadata: { prospectivity: { figure: figureId } },
      });
    },
    table(rows, tableId, options) {
      writeWhole(join(results, "tables", `${tableId}.csv`), tableCsv(rows));
      keeper.files([`tables/${tableId}.csv`]);
      const caption = [options?.caption, study.kind === "synthetic" ? "synthetic data" : undefined]
        .filter((part) => part !== undefined)
        .join(" – ");
      const shown = caption === "" ? options : { ...options, caption };
      publish({
        data: { "text/html": tableHtml(rows, shown), "text/plain": tableText(rows, shown) },
        metadata: { prospectivity: { table: tableId } },
      });
    },
    saveMap(stack, mapId, { colours, patches: cut } = {}) {
      const path = join(results, "maps", mapId);
      writeGeoTiff(`${path}.tif`, stack, {
        provenance: {
          study: study.id,
          kind: study.kind,
          licence: study.licence,
          notebook: id,
          profile: parameters.profile,
          seed: String(parameters.seed),
          backend: `${backend.name} ${backend.version}`,
          ...(cut && patchTags(cut.layout)),
        },
      });
      writeWhole(`${path}.qml`, qgisStyle(stack.bands[0], colours));
      keeper.files([`maps/${mapId}.tif`, `maps/${mapId}.qml`]);
    },
    recorded: () => recordedStudies(folders.results, study.id, parameters.profile),
    async saveAreas(features, areasId) {
      if (features.length === 0) return [];
      const { crs } = study;
      const description = `${study.title} (${study.kind}), ${id}, seed ${parameters.seed}. Licence: ${study.licence}`;
      const path = join(results, "maps", areasId);
      await writeGeopackage(`${path}.gpkg`, areasId, crs, features, { description });
      if (crs.epsg !== null) writeGeojson(`${path}.geojson`, areasId, crs, features);
      const kinds = crs.epsg === null ? ["gpkg"] : ["gpkg", "geojson"];
      const written = kinds.map((kind) => `maps/${areasId}.${kind}`);
      keeper.files(written);
      return written;
    },
    metric(key, measured) {
      if (!Number.isFinite(measured.value)) {
        throw new InputError({
          kind: "values",
          field: key,
          found: String(measured.value),
          expected: "a finite number",
        });
      }
      const { profile, seed } = parameters;
      // What else an estimate carries, such as thousands of resamples, is not for the record.
      const { value, interval, n } = measured;
      const kept = { value, ...(interval && { interval }), ...(n !== undefined && { n }) };
      recordMetric(results, key, { ...kept, notebook: id, profile, seed });
    },
    say(markdown) {
      const said = saidOf(study, markdown);
      publish({ data: { "text/markdown": said, "text/plain": said } });
    },
  };
}

/** A sentence about a synthetic study says so, here where it does not by itself. */
function saidOf({ kind }: Study, markdown: string): string {
  if (kind === "real" || /synthetic/i.test(markdown)) return markdown;
  return `${markdown} *(Synthetic data.)*`;
}
