import type { Study } from "../study/types";
import { escapeHtml } from "../tables/escape-html";
import type { BackendInfo } from "../training/backend";
import type { CommonParameters } from "./parameters";
import type { DisplayBundle } from "./publish";

/** What a notebook shows first: study, profile, seed, backend, and what was set or changed. */
export function banner(
  study: Study,
  { profile, seed }: CommonParameters,
  overridden: readonly string[],
  change: string | null,
  backend: BackendInfo,
): DisplayBundle {
  const kind =
    study.kind === "synthetic"
      ? "synthetic data, generated; not the district of the paper"
      : "real data";
  const facts = [
    `study ${study.id}: ${study.title} (${kind})`,
    `profile ${profile}, seed ${seed}`,
    `backend ${backend.name} ${backend.version}${backend.threads > 0 ? `, ${backend.threads} threads` : ""}`,
    ...(overridden.length > 0 ? [`set on the command line: ${overridden.join(", ")}`] : []),
    ...(change === null ? [] : [change]),
  ];
  return {
    data: {
      "text/plain": facts.join("\n"),
      "text/html": `<ul>${facts.map((fact) => `<li>${escapeHtml(fact)}</li>`).join("")}</ul>`,
    },
  };
}
