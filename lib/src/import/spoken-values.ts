import { suspectSentence } from "./column-examination";
import type { PointsFile } from "./points-file";
import type { Ask } from "./questions";
import { suspectValues } from "./sample-columns";
import { sampleNames } from "./sample-input";
import type { Wishes } from "./wishes";

/**
 * Asks at the terminal what values of samples are that seem to stand for none, as `--missing` and
 * `--data` say it beforehand. What is left unanswered is refused later.
 *
 * @param ask null where there is nobody to answer
 */
export async function withSpokenValues(
  points: PointsFile,
  wishes: Wishes,
  ask: Ask | null,
): Promise<Wishes> {
  if (ask === null) return wishes;
  const suspects = suspectValues(points, sampleNames(points, wishes), wishes);
  const missing: number[] = [];
  const data: number[] = [];
  for (const value of new Set(suspects.map((suspect) => suspect.value))) {
    const said = suspects.filter((suspect) => suspect.value === value).map(suspectSentence);
    const about = `${points.source.file}: ${said.join("; ")}`;
    // No concentration is negative, so that nothing could be made of such data.
    const answers = value < 0 ? "(missing/Enter to stop)" : "(missing/data/Enter to stop)";
    const answer = (await ask(`${about}\nDoes ${value} stand for no value? ${answers} `)).trim();
    if (/^m(issing)?$|^y(es)?$/i.test(answer)) missing.push(value);
    else if (value > 0 && /^d(ata)?$/i.test(answer)) data.push(value);
    else break;
  }
  return { ...wishes, missing: [...wishes.missing, ...missing], data: [...wishes.data, ...data] };
}
