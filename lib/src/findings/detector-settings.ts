import { holdingPatches, type OccurrenceGroup } from "../patches/groups";
import type { DetectorSetting } from "../runs/detector-settings";
import type { DetectorTrial } from "../runs/detector-trial";
import type { Row } from "../tables/table";
import { knownAuc } from "./methods";
import { listText, rangeText } from "./words";

/** Detectors by settings that have no one usual value, and the occurrences that they are judged by. */
export interface DetectorSettingsFound {
  readonly settings: readonly DetectorSetting[];
  readonly group: OccurrenceGroup;
}

/** One row a setting: the AUC held out and in-sample, or why there is none. */
export function detectorSettingRows({ settings, group }: DetectorSettingsFound): Row[] {
  const { labels } = group.assignment;
  return settings.map(({ setting, value, trial }) => ({
    ...{ method: trial.label, setting, value: String(value) },
    "AUC out of fold": heldOut(trial, labels),
    "AUC in-sample": knownAuc(trial.scores, labels)?.value ?? null,
    "layers left out": trial.skipped ?? listText(trial.leftOut),
  }));
}

function heldOut({ outOfFold }: DetectorTrial, labels: Uint8Array): number | null {
  return outOfFold === null ? null : (knownAuc(outOfFold, labels)?.value ?? null);
}

/** How far each setting moves what its detector is worth. */
export function detectorSettingSentences({ settings, group }: DetectorSettingsFound): string[] {
  const { labels } = group.assignment;
  const kinds = [...new Set(settings.map(({ trial, setting }) => `${trial.label}, ${setting}`))];
  return kinds.map((kind) => {
    const own = settings.filter(({ trial, setting }) => `${trial.label}, ${setting}` === kind);
    const areas = own.flatMap(
      ({ trial }) => knownAuc(trial.outOfFold ?? trial.scores, labels)?.value ?? [],
    );
    const where = own.some(({ trial }) => trial.outOfFold !== null) ? "out of fold" : "in-sample";
    const values = own.map(({ value }) => value).join(", ");
    if (areas.length < 2) return `${kind} ${values}: there are no two areas to compare.`;
    const spread = Math.max(...areas) - Math.min(...areas);
    const verdict =
      spread < STEADY
        ? "it matters little here"
        : holdingPatches(group) < FEW
          ? "which of so few occurrences says little"
          : "**by this alone the method may be called good or bad here**";
    return `${kind} ${values}: the AUC ${where} is ${rangeText(areas)}, ${verdict}.`;
  });
}

/** Areas that differ by less are called alike; the interval of an area is wider in every study shipped. */
const STEADY = 0.05;
/** One of fewer patches with an occurrence moves an area by more than that. */
const FEW = 10;
