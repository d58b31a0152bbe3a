import type { AppliedMethod } from "../method/apply";
import type { MethodFile, MethodName } from "../method/parameters";
import { changesText, methodRows } from "../method/rows";
import type { Study } from "../study/types";
import { escapeHtml } from "../tables/escape-html";
import { tableHtml, tableText } from "../tables/table";
import type { BackendInfo } from "../training/backend";
import type { DisplayBundle } from "./publish";

interface Opening extends AppliedMethod {
  readonly study: Study;
  readonly file: MethodFile;
  /** The parameters that the notebook uses. */
  readonly used: readonly MethodName[];
  /** What was changed to fit a small district; null where nothing was. */
  readonly fitted: string | null;
  readonly backend: BackendInfo;
}

/** What a notebook shows first: study, profile, seed, backend, what was changed, its parameters. */
export function banner({ study, file, used, fitted, backend, ...applied }: Opening): DisplayBundle {
  const { profile, seed } = applied.method;
  const kind =
    study.kind === "synthetic"
      ? "synthetic data, generated; not the district of the paper"
      : "real data";
  const changed = changesText(applied);
  const facts = [
    `study ${study.id}: ${study.title} (${kind})`,
    `profile ${profile}, seed ${seed}`,
    `backend ${backend.name} ${backend.version}${backend.threads > 0 ? `, ${backend.threads} threads` : ""}`,
    ...(changed === null ? [] : [`changed: ${changed}`]),
    ...(fitted === null ? [] : [fitted]),
  ];
  const shown = used.filter((name) => name !== "study" && name !== "profile");
  const rows = methodRows(file, applied, shown);
  const options = { caption: "The parameters that this notebook uses (notebooks/method.json)" };
  const list = facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join("");
  return {
    data: {
      "text/plain": `${facts.join("\n")}\n\n${tableText(rows, options)}`,
      "text/html": `<ul>${list}</ul>${tableHtml(rows, options)}`,
    },
  };
}
