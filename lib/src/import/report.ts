import type { InputError } from "../errors";
import { pixelAt } from "../grid/grid";
import type { Study } from "../study/types";
import { areaSentence } from "../tables/area";
import { sampleQualityRows } from "../tables/samples";
import { tableText } from "../tables/table";
import { type CheckedEvidence, PATCH, type StudyCheck } from "./check";

/** Patches below which networks have little to learn from. */
const FEW_PATCHES = 200;

/** Patches below which the smoke profile, with pixels four times as wide, has too few left. */
const FEW_FOR_SMOKE = 400;

/** The command to run next: the smoke profile first, where it leaves patches enough. */
export function nextCommand(name: string, { evidence }: StudyCheck): string {
  const smoke = (evidence?.patches ?? 0) >= FEW_FOR_SMOKE ? " --profile smoke" : "";
  return `npm run study -- --study ${name}${smoke}`;
}

/** What a check found, for a researcher to read. */
export function checkReport({ faults, study, evidence }: StudyCheck): string {
  return [
    ...(study === null ? [] : studyLines(study)),
    ...(study === null || evidence === null ? [] : evidenceLines(study, evidence)),
    ...faultLines(faults),
  ].join("\n");
}

/** Everything that is wrong, each with what to do. */
export function faultLines(faults: readonly InputError[]): string[] {
  if (faults.length === 0) return [];
  return ["", `Wrong (${faults.length}):`, ...faults.map(({ message }) => `- ${message}`)];
}

function studyLines(study: Study): string[] {
  const { geometry, pixelSize, occurrences, samples, zones, evidence } = study;
  const inside = occurrences.filter(
    ({ easting, northing }) => pixelAt(geometry, easting, northing) !== null,
  );
  const quality = samples === null ? [] : sampleQualityRows(samples);
  const zoneNames = zones.map(({ name }) => name).join(", ");
  return [
    `${geometry.width} x ${geometry.height} pixels of ${pixelSize} m; ${evidence.length} evidence layers: ${evidence.map(({ label }) => label).join(", ")}`,
    `${occurrences.length} occurrences, ${inside.length} in the region`,
    ...(study.area === null && samples === null ? [] : [areaSentence(study)]),
    zoneNames === "" ? "no zones" : `zones ${zoneNames}`,
    ...(samples === null
      ? []
      : [
          `${samples.eastings.length} samples of ${samples.rows} rows, ${samples.outside} outside the region, ${samples.averagedPlaces} averaged`,
          "",
          tableText(quality),
        ]),
  ];
}

function evidenceLines(study: Study, checked: CheckedEvidence): string[] {
  const { coarsening, dataShare, patches, occurrences } = checked;
  const about = coarsening === 1 ? "" : "about ";
  const made =
    coarsening === 1
      ? "evidence made"
      : `evidence made at ${coarsening} times the pixel size, to check it`;
  const held = study.evidence.filter(({ favourable }) => favourable !== null);
  const main = occurrences?.inside.filter(
    ({ occurrence }) => occurrence.commodity === study.mainCommodity,
  );
  return [
    "",
    `${made}: data in ${(100 * dataShare).toFixed(0)} % of the pixels`,
    ...(occurrences === null
      ? []
      : [
          `${occurrences.inside.length} occurrences on data, ${main?.length ?? 0} of them ${study.mainCommodity}; ${occurrences.outside.length} outside, ${occurrences.onNodata.length} on nodata`,
        ]),
    `${about}${patches} patches of ${PATCH} x ${PATCH} pixels`,
    ...(patches >= FEW_PATCHES
      ? []
      : [
          `Warning: networks have little to learn from fewer than ${FEW_PATCHES} patches; a smaller --pixel gives more, if the data are that fine.`,
        ]),
    ...(held.length > 0
      ? []
      : [
          'Warning: no layer has a direction held favourable beforehand, which the comparison with single layers needs: --high or --low, or "favourable" in study.json.',
        ]),
  ];
}
