import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type JudgedRaster, judgeRaster, loadStudy, openGeoTiff, type Study } from "prospectivity";
import { projectFolders, studyFolder } from "../lib/src/project";
import { fromCaller } from "./command";

const root = resolve(__dirname, "..");

const usage = `npm run judge -- FILE.tif --study NAME [options]

Judges any method's raster of scores by the protocol of the open benchmark for geochemical anomaly
detection (GeoChemAD, arXiv 2603.13068): every known occurrence has the score of the nearest sample,
as many samples are drawn from those at least 5 km from all occurrences, and the AUC is averaged over
20 draws. The study's occurrences are looked at, and nothing is trained.

  --at samples|pixels   where scores are taken; at the study's samples without it
  --band 1              number of the band
  --low                 low values are favourable
  --group ID            occurrences of a group that the study names; the study's own without it
  --apart 5000          least distance of a negative from every occurrence, in metres
  --draws 20            draws of negatives
  --seed 20201204       seed of the draws`;

/** What there is to say of a judged raster, line by line. */
export function judgementLines(study: Study, judged: JudgedRaster, apart: number): string[] {
  const { mean, deviation, draws, againstAll, sites, eligible, farthest, outside } = judged;
  const three = (value: number) => value.toFixed(3);
  const synthetic = study.kind === "synthetic" ? " (synthetic)" : "";
  const left = outside === 0 ? "" : `, ${outside} outside the study left out`;
  return [
    `${judged.name}, ${study.id}${synthetic}: AUC ${three(mean)} ± ${three(deviation)} over ${draws.length} draws`,
    `  ${sites} occurrences${left}, the farthest ${Math.round(farthest)} m from the nearest of ${judged.scored} scored ${judged.at} (of ${judged.points})`,
    `  negatives drawn from ${eligible} ${judged.at} at least ${apart} m from every occurrence; against all of them ${three(againstAll)}`,
    "  ± is what the draw of negatives moves, not what other occurrences would: with few of these that is more.",
  ];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      study: { type: "string" },
      at: { type: "string", default: "samples" },
      band: { type: "string", default: "1" },
      low: { type: "boolean", default: false },
      group: { type: "string" },
      apart: { type: "string", default: "5000" },
      draws: { type: "string", default: "20" },
      seed: { type: "string", default: "20201204" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return console.log(usage);
  const [path] = positionals;
  const { study: name, at, group } = values;
  if (path === undefined || name === undefined) throw refused("expected a file and --study NAME");
  if (at !== "samples" && at !== "pixels") throw refused(`--at ${at}`);
  const study = await loadStudy(studyFolder(projectFolders(root).data, name));
  const named = study.groups.find(({ id }) => id === group);
  if (group !== undefined && named === undefined) {
    const ids = study.groups.map(({ id }) => id).join(", ") || "none";
    throw refused(`--group ${group}; ${name} names ${ids}`);
  }
  const raster = await openGeoTiff(fromCaller(path));
  const apart = Number(values.apart);
  const judged = await judgeRaster(raster, study, {
    ...{ at, apart, band: Number(values.band), isLowFavourable: values.low },
    ...{ draws: Number(values.draws), seed: Number(values.seed) },
    ...(named !== undefined && { occurrences: named.occurrences }),
  });
  raster.close();
  console.log(judgementLines(study, judged, apart).join("\n"));
}

function refused(why: string): Error {
  return new Error(`${why}.\n\n${usage}`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
