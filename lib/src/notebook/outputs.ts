import { join } from "node:path";
import { InputError } from "../errors";
import type { ColourOptions } from "../figures/colour-scale";
import { saveFigure } from "../figures/export";
import { type Figure, labelled } from "../figures/figure";
import { qgisStyle } from "../figures/qgis-style";
import { renderSvg } from "../figures/render";
import { writeWhole } from "../files";
import type { Measured, Metrics } from "../findings/measured";
import type { SheetDraft } from "../findings/target-sheet";
import { writeGeojson } from "../grid/geojson-write";
import { writeGeopackage } from "../grid/geopackage-write";
import { writeGeoTiff } from "../grid/geotiff-write";
import type { GridStack } from "../grid/grid";
import type { VectorFeature } from "../grid/vector-feature";
import type { AppliedMethod } from "../method/apply";
import { changesText } from "../method/rows";
import { patchTags } from "../patches/patch-tags";
import type { PatchLayout } from "../patches/types";
import { type Found, isSkipped, type Skipped, skipped, skippedSentence } from "../skipped";
import type { Study } from "../study/types";
import { type Row, type TableOptions, tableCsv, tableHtml, tableText } from "../tables/table";
import type { BackendInfo } from "../training/backend";
import { publish } from "./publish";
import { recordMetrics } from "./record";
import type { recordKeeper } from "./record-keeper";
import { sheetOf } from "./sheet";

/** How a notebook shows and keeps what it found; a result that was skipped is said in a sentence. */
export interface Outputs {
  /** Shows a figure and keeps it as SVG, PNG and PDF under its id. */
  show(figure: Found<Figure>, id: string): Promise<void>;
  /** Shows a table and keeps it as CSV under its id. */
  table(rows: Found<readonly Row[]>, id: string, options?: TableOptions): void;
  /** Shows sentences with computed numbers in them, as Markdown; of a synthetic study it says so. */
  say(...sentences: readonly (Found<string | readonly string[]> | null)[]): void;
  /** Keeps bands as a cloud-optimised GeoTIFF with a QGIS style beside it, under an id. */
  saveMap(stack: Found<GridStack>, id: string, options?: MapOptions): void;
  /**
   * Keeps areas under an id as a GeoPackage, and as GeoJSON where the CRS has an EPSG code, without
   * which GeoJSON is read as degrees; nothing where there is none.
   *
   * @returns the files, relative to the study's results
   */
  saveAreas(features: readonly VectorFeature[], id: string): Promise<readonly string[]>;
  /**
   * Keeps pages for paper under an id, as one HTML file that needs no other; nothing where there is no
   * page.
   *
   * @returns the files, relative to the study's results
   */
  saveSheet(
    pages: Found<readonly SheetDraft[]>,
    id: string,
    title: string,
  ): Promise<readonly string[]>;
  /** Keeps a headline number of the notebook's own in metrics.json; steps keep theirs themselves. */
  metric(key: string, measured: Measured): void;
}

/** How a kept map is drawn in a GIS, and what is known of it. */
export interface MapOptions {
  /** Colours of the first band; give those of the figure. */
  readonly colours?: ColourOptions;
  /** Of a map with one value a patch: the patches, whose grid it then carries. */
  readonly patches?: { readonly layout: PatchLayout };
}

interface Place extends AppliedMethod {
  readonly id: string;
  readonly study: Study;
  /** Folder of the study's results. */
  readonly results: string;
  readonly backend: BackendInfo;
  readonly keeper: ReturnType<typeof recordKeeper>;
  /** The parameters that the notebook uses, for the record of each figure. */
  readonly parameters: object;
}

/** The outputs of one notebook, and how the numbers of its steps are kept. */
export function notebookOutputs(place: Place): Outputs & { record(metrics: Metrics): void } {
  const { id, study, results, backend, keeper, method, changes, parameters } = place;
  const changed = changesText({ changes });
  const record = { study: study.id, kind: study.kind, notebook: id, parameters, changes };

  function sayOf(markdown: string): void {
    const said = saidOf(study, markdown);
    publish({ data: { "text/markdown": said, "text/plain": said } });
  }

  function keep(metrics: Metrics): void {
    for (const [key, { value }] of Object.entries(metrics)) {
      if (!Number.isFinite(value)) throw notFinite(key, value);
    }
    const { profile, seed } = method;
    // What else an estimate carries, such as thousands of resamples, is not for the record.
    const kept = Object.entries(metrics).map(([key, { value, interval, n }]) => {
      const measured = { value, ...(interval && { interval }), ...(n !== undefined && { n }) };
      return [key, { ...measured, notebook: id, profile, seed }] as const;
    });
    recordMetrics(results, Object.fromEntries(kept));
  }

  return {
    async show(figure, figureId) {
      if (isSkipped(figure)) return sayOf(skippedSentence(figure, wordsOf(figureId)));
      const shown = labelled(figure, study, { changed, record: JSON.stringify(record) });
      await saveFigure(shown, figureId, join(results, "figures"));
      keeper.files(["svg", "png", "pdf"].map((kind) => `figures/${figureId}.${kind}`));
      publish({
        data: {
          "application/vnd.vegalite.v5+json": shown.live ?? shown.spec,
          "image/svg+xml": await renderSvg(shown),
          "text/plain": shown.alt,
        },
        metadata: { prospectivity: { figure: figureId, changes } },
      });
    },
    table(rows, tableId, options) {
      if (isSkipped(rows)) return sayOf(skippedSentence(rows, wordsOf(tableId)));
      if (rows.length === 0) return sayOf(skippedSentence(NOTHING, wordsOf(tableId)));
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
    say(...sentences) {
      const said = sentences.flatMap((each) => (each === null ? [] : textsOf(each)));
      if (said.length > 0) sayOf(said.join(" "));
    },
    saveMap(stack, mapId, { colours, patches: cut } = {}) {
      if (isSkipped(stack)) return;
      const path = join(results, "maps", mapId);
      writeGeoTiff(`${path}.tif`, stack, {
        provenance: {
          ...{ study: study.id, kind: study.kind, licence: study.licence, notebook: id },
          profile: method.profile,
          seed: String(method.seed),
          backend: `${backend.name} ${backend.version}`,
          ...(changed !== null && { changed }),
          ...(cut && patchTags(cut.layout)),
        },
      });
      writeWhole(`${path}.qml`, qgisStyle(stack.bands[0], colours));
      keeper.files([`maps/${mapId}.tif`, `maps/${mapId}.qml`]);
    },
    async saveAreas(features, areasId) {
      if (features.length === 0) return [];
      const { crs } = study;
      const description = `${study.title} (${study.kind}), ${id}, seed ${method.seed}. Licence: ${study.licence}`;
      const path = join(results, "maps", areasId);
      await writeGeopackage(`${path}.gpkg`, areasId, crs, features, { description });
      if (crs.epsg !== null) writeGeojson(`${path}.geojson`, areasId, crs, features);
      const kinds = crs.epsg === null ? ["gpkg"] : ["gpkg", "geojson"];
      const written = kinds.map((kind) => `maps/${areasId}.${kind}`);
      keeper.files(written);
      return written;
    },
    async saveSheet(pages, sheetId, title) {
      if (isSkipped(pages) || pages.length === 0) return [];
      // The page says what a figure's title would.
      const draw = (figure: Figure) => renderSvg({ ...figure, record: JSON.stringify(record) });
      const made = `notebook ${id}, seed ${method.seed}${changed === null ? "" : `, changed: ${changed}`}`;
      const file = `sheets/${sheetId}.html`;
      writeWhole(join(results, file), await sheetOf(study, { title, made, pages, draw }));
      keeper.files([file]);
      return [file];
    },
    metric: (key, measured) => keep({ [key]: measured }),
    record: keep,
  };
}

const NOTHING = skipped("there is nothing to list");

function textsOf(said: string | readonly string[] | Skipped): readonly string[] {
  if (isSkipped(said)) return [skippedSentence(said)];
  return typeof said === "string" ? [said] : said;
}

/** An id as the words that begin a sentence, such as "Success rate areas". */
function wordsOf(id: string): string {
  const words = id.replaceAll("-", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/** A sentence about a synthetic study says so, here where it does not by itself. */
function saidOf({ kind }: Study, markdown: string): string {
  if (kind === "real" || /synthetic/i.test(markdown)) return markdown;
  return `${markdown} *(Synthetic data.)*`;
}

function notFinite(key: string, value: number): InputError {
  return new InputError({
    kind: "values",
    ...{ field: key, found: String(value), expected: "a finite number" },
  });
}
