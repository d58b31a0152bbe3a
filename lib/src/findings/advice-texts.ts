import type { Contest } from "./method-contest";
import type { RankedMethod } from "./method-survey";
import type { MethodAreas } from "./methods";
import type { RecordedAreas } from "./study-ranks";
import { estimateText, listText } from "./words";

/** What is known of methods on this study's ground, and on that of others on record. */
export interface KnownGround {
  readonly here: readonly MethodAreas[];
  readonly elsewhere: readonly RecordedAreas[];
}

/** The best of a contest and those not told from it; any of them where that is all. */
export function choiceOf({ best, alike, contestants }: Contest): {
  readonly start: string;
  readonly alike: string;
} {
  const others = listText(
    alike.map(({ name }) => name),
    "–",
  );
  const isOpen = contestants > 1 && alike.length === contestants - 1;
  return { start: isOpen ? `any; ${best.name} ranks first` : best.name, alike: others };
}

/** What a method is worth here, held out where it can be. */
export function hereText({ id }: Pick<RankedMethod, "id">, { here }: KnownGround): string {
  const found = here.find((method) => method.id === id);
  if (found?.outOfFold) return estimateText(found.outOfFold);
  return found?.inSample ? `${estimateText(found.inSample)} in-sample` : "no score";
}

/** The same in the other studies on record, such as "; murchison 0.60"; nothing where none has it. */
export function elsewhereText(
  { id }: Pick<RankedMethod, "id">,
  { elsewhere }: KnownGround,
): string {
  const known = elsewhere.flatMap(({ id: study, kind, metrics }) => {
    const area = metrics[`methods.${id}.outOfFold.auc`];
    const synthetic = kind === "synthetic" ? " (synthetic)" : "";
    return area === undefined ? [] : [`${study}${synthetic} ${area.value.toFixed(2)}`];
  });
  return known.length === 0 ? "" : `; ${listText(known)}`;
}

/** How long a method takes on a district, in words. */
export const secondsText = ({ seconds }: Pick<RankedMethod, "seconds">) =>
  seconds < 1 ? "below 1 s" : `${seconds.toFixed(0)} s`;
