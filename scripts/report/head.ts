import {
  cautions,
  type GlancedNumber,
  type GlancedRun,
  glancedNumbers,
} from "../../lib/src/findings/glance";
import type { Change } from "../../lib/src/method/apply";
import { changesText } from "../../lib/src/method/rows";
import type { PublishedStudy } from "../../lib/src/published/published-study";
import type { RunFile } from "../../lib/src/runs/record-files";
import { textHtml } from "./markdown";
import type { Chart, Part } from "./parts";

/** How far a run has come: notebooks that are through, of those that were asked for. */
export interface SoFar {
  readonly done: number;
  readonly of: number;
}

/** What the first screen of a report is made of. */
export interface ReportHead {
  readonly run: RunFile;
  readonly metrics: GlancedRun["metrics"];
  readonly published: PublishedStudy;
  /** Ids of the notebooks that the page has a chapter of. */
  readonly chapters: ReadonlySet<string>;
  /** Titles of notebooks that failed, and of those that the study has no executed one of. */
  readonly failed: readonly string[];
  readonly missing: readonly string[];
  /** Null of a run that has ended. */
  readonly soFar: SoFar | null;
  /** Charts of the executed notebooks by the id of their figure in the page. */
  readonly charts: ReadonlyMap<string, Chart>;
}

/** Figures on the first screen: what each is, and the notebook that makes it. */
const figures = [
  { id: "figure-prospectivity-map", what: "prospectivity map", notebook: "07-prospectivity-map" },
  { id: "figure-success-rate-main", what: "success-rate curve", notebook: "06-success-rate" },
];

/** The first screen: which district, what came out, map and curve, and what to be careful about. */
export function headParts({ run, metrics, published, ...page }: ReportHead): Part[] {
  const { chapters, failed, missing, soFar, charts } = page;
  const link = (text: string, notebook: string) =>
    chapters.has(notebook) ? `<a href="#${notebook}">${textHtml(text)}</a>` : textHtml(text);
  const glanced = glancedRun(run, metrics);
  const shown = figures.map(({ id, what, notebook }): Part => {
    const chart = charts.get(id);
    return chart === undefined
      ? `<p class="absent">No ${what}: ${link(`notebook ${notebook.slice(0, 2)}`, notebook)} has not drawn it.</p>`
      : { ...again(chart) };
  });
  return [
    identityHtml(run, glanced.profiles),
    noticesHtml(run, failed, missing, soFar),
    '<div class="glance"><div class="words">',
    numbersHtml(glancedNumbers(glanced, published), glanced.kind, link),
    cautionsHtml(cautions(glanced)),
    '</div><div class="pictures">',
    ...shown,
    "</div></div>",
  ];
}

/** What run.json and metrics.json hold of a run, for the functions that find words for it. */
function glancedRun(
  { study, notebooks = {} }: RunFile,
  metrics: GlancedRun["metrics"],
): GlancedRun {
  const records = Object.values(notebooks);
  const parameter = (name: string) => {
    for (const { parameters } of records) {
      const value = (parameters as Readonly<Record<string, unknown>> | undefined)?.[name];
      if (typeof value === "number") return { [name]: value };
    }
    return {};
  };
  const profiles = records.flatMap(({ profile }) => (typeof profile === "string" ? [profile] : []));
  return {
    kind: study?.kind ?? "real",
    metrics,
    profiles: [...new Set(profiles)],
    ...parameter("threshold"),
    ...parameter("nearBackground"),
  };
}

/** A chart that stands a second time: links lead to the other, and the drawing's own ids are new. */
function again(chart: Chart): Chart {
  const svg = chart.svg.replace(/(\sid="|url\(#)/g, "$1again-");
  return { ...chart, id: null, svg };
}

function identityHtml({ study, notebooks = {} }: RunFile, profiles: readonly string[]): string {
  const isSynthetic = study?.kind === "synthetic";
  const kind =
    study === undefined
      ? "No notebook of this run has opened a study."
      : isSynthetic
        ? "<strong>Synthetic data.</strong> Generated, not the district of the paper."
        : "<strong>Real data.</strong>";
  const seeds = Object.values(notebooks).flatMap(({ parameters }) => {
    const { seed } = (parameters ?? {}) as { readonly seed?: unknown };
    return typeof seed === "number" ? [seed] : [];
  });
  const made = [
    ...(study === undefined ? [] : [`study ${study.id}`]),
    ...(profiles.length === 0 ? [] : [`profile ${profiles.join(" and ")}`]),
    ...(seeds.length === 0 ? [] : [`seed ${[...new Set(seeds)].join(" and ")}`]),
  ];
  const licence = typeof study?.licence === "string" ? ` Data: ${textHtml(study.licence)}` : "";
  return `<p class="identity${isSynthetic ? " synthetic" : ""}">${kind} The method is that of Zhang et al. (2021), <a href="https://doi.org/10.1007/s11053-020-09789-y">doi:10.1007/s11053-020-09789-y</a>; published numbers describe their district, Hezuo.${licence} <span class="made">${textHtml(made.join(", "))}</span></p>`;
}

function noticesHtml(
  { notebooks }: RunFile,
  failed: readonly string[],
  missing: readonly string[],
  soFar: SoFar | null,
): string {
  // Some titles ask; a list of them does not.
  const list = (titles: readonly string[]) =>
    textHtml(titles.map((title) => title.replace(/\?$/, "")).join(", "));
  const changed = changedParameters(notebooks);
  return [
    soFar === null
      ? ""
      : `<p class="notice running"><strong>${soFar.done} of ${soFar.of} notebooks so far.</strong> The others were still running when this page was written; it is written anew as each one ends, so load it again.</p>`,
    changed === null
      ? ""
      : `<p class="notice changed"><strong>Changed parameters:</strong> ${textHtml(changed)}.</p>`,
    failed.length === 0
      ? ""
      : `<p class="notice failed"><strong>This run failed</strong> in: ${list(failed)}.</p>`,
    missing.length === 0
      ? ""
      : `<p class="notice missing"><strong>Not run yet,</strong> and so not in this report: ${list(missing)}.</p>`,
  ].join("");
}

/** Parameters that were not as method.json has them, in whatever notebook, each once; or null. */
function changedParameters(notebooks: RunFile["notebooks"] = {}): string | null {
  const all = Object.values(notebooks).flatMap(
    ({ changes }) => (changes ?? []) as readonly Change[],
  );
  const texts = all.map((change) => changesText({ changes: [change] }));
  const unlike = [...new Set(texts)].filter((text) => text !== null);
  return unlike.length === 0 ? null : unlike.join("; ");
}

function numbersHtml(
  numbers: readonly GlancedNumber[],
  kind: GlancedRun["kind"],
  link: (text: string, notebook: string) => string,
): string {
  const rows = numbers.map(({ what, found, published, notebook }) => {
    const value =
      found === null
        ? '<span class="absent">not computed</span>'
        : `<strong>${found.value}</strong>${found.interval === null ? "" : ` <span>(${found.interval})</span>`}${found.counted === null ? "" : ` <small>${found.counted}</small>`}`;
    return `<tr><th scope="row">${link(what, notebook)}</th><td>${value}</td><td>${published ?? ""}</td></tr>`;
  });
  const ours = kind === "synthetic" ? "Here (synthetic)" : "Here";
  return `<table class="numbers"><caption>In brief, with 95 % intervals</caption><thead><tr><th scope="col">Number</th><th scope="col">${ours}</th><th scope="col">Hezuo, published</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function cautionsHtml(sentences: readonly string[]): string {
  const items = sentences.map((sentence) => `<li>${textHtml(sentence)}</li>`);
  return `<div class="cautions"><h2>Read with care</h2><ul>${items.join("")}</ul></div>`;
}
