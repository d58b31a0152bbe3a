/** A document of the project that is a page of the site. */
export interface SitePage {
  /** The document, from the project's folder. */
  readonly source: string;
  /** The page, from the site's folder. */
  readonly page: string;
  /** What the contents call it. */
  readonly name: string;
}

/** Pages that stand together in the contents. */
export interface PageGroup {
  readonly title: string;
  readonly pages: readonly SitePage[];
}

const page = (source: string, to: string, name: string): SitePage => ({ source, page: to, name });

const decisions = [
  ["engine", "An engine of our own"],
  ["same-bytes", "The same bytes"],
  ["weights-by-name", "Weights by name"],
  ["built-package", "A built package"],
  ["steps", "One chain of steps"],
  ["plan", "Work as jobs"],
  ["no-occurrences", "No look at occurrences"],
  ["gdal-at-the-door", "GDAL at the door"],
  ["two-specs", "Two specs of a figure"],
  ["pinned-packages", "Pinned packages"],
];

/** All pages that are made of documents, in the order of the contents. */
export const pageGroups: readonly PageGroup[] = [
  {
    title: "See it",
    pages: [
      page("README.md", "index.html", "What it is"),
      page("docs/gallery.md", "gallery.html", "Gallery"),
    ],
  },
  {
    title: "Use it",
    pages: [
      page("docs/guide/your-own-district.md", "guide/your-own-district.html", "Your own district"),
      page("docs/guide/commands.md", "guide/commands.html", "Commands"),
      page("data/README.md", "data.html", "Studies and files"),
      page("docs/guide/reading-results.md", "guide/reading-results.html", "Reading the results"),
      page("docs/guide/teaching.md", "guide/teaching.html", "Teaching with it"),
      page("workflow/README.md", "guide/workflow.html", "Many cores, a cluster"),
      page("docs/past-one-machine.md", "guide/past-one-machine.html", "How far that goes"),
    ],
  },
  {
    title: "Understand it",
    pages: [
      page("docs/guide/the-paper.md", "guide/the-paper.html", "The paper, step by step"),
      page("docs/open-choices.md", "open-choices.html", "What the paper leaves open"),
      page("docs/guide/how-it-works.md", "guide/how-it-works.html", "How it works"),
      page("CONVENTIONS.md", "conventions.html", "Conventions"),
      page(
        "data/golden-triangle/PROVENANCE.md",
        "data/golden-triangle.html",
        "Golden Triangle data",
      ),
      page("data/murchison/PROVENANCE.md", "data/murchison.html", "Murchison data"),
    ],
  },
  {
    title: "Build on it",
    pages: [
      page("docs/library.md", "library.html", "Library"),
      page("lib/README.md", "package.html", "The package"),
      page("docs/packages.md", "packages.html", "What is installed"),
      page("CONTRIBUTING.md", "contributing.html", "Changing it"),
      page("docs/decisions/README.md", "decisions/index.html", "Decisions"),
      page("CHANGELOG.md", "changes.html", "Changes"),
    ],
  },
];

/** Pages that the contents do not list, since one that they list leads to each. */
const unlisted = decisions.map(([id, name]) =>
  page(`docs/decisions/${id}.md`, `decisions/${id}.html`, name),
);

export const sitePages: readonly SitePage[] = [
  ...pageGroups.flatMap(({ pages }) => pages),
  ...unlisted,
];
