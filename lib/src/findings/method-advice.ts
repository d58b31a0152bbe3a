import { medianOf } from "../evaluation/describe";
import { holdingPatches } from "../patches/groups";
import { type Found, given } from "../skipped";
import type { Row } from "../tables/table";
import { choiceOf, elsewhereText, hereText, type KnownGround, secondsText } from "./advice-texts";
import { type Contest, contestAmong, duelOf } from "./method-contest";
import type { MethodRanks, RankedMethod } from "./method-survey";
import { type MethodComparison, methodAreas } from "./methods";
import type { RecordedAreas } from "./study-ranks";
import { estimateText, listText } from "./words";

/** What advice is taken from: the survey, this study, and what is on record, of this study first. */
export interface AdviceSources {
  readonly ranks: Found<MethodRanks>;
  readonly comparison: MethodComparison;
  readonly studies: readonly RecordedAreas[];
}

/** Methods of which every score can be taken apart by hand, into what each layer adds. */
const EXPLAINED = ["weightsOfEvidence", "logisticRegression", "bestLayer"];
/** Areas that differ by less are the same to two digits. */
const ALIKE = 0.005;
/** Fewer patches with an occurrence are called a handful. */
const HANDFUL = 10;

/** One piece of advice. */
interface Advice {
  readonly situation: string;
  readonly start: string;
  readonly alike: string;
  readonly why: string;
}

/**
 * For data like these, start with this: one row a situation. Which method stands there, and which are
 * not told from it, is decided by the survey's tests among the methods that the situation allows; this
 * study's numbers and those of others on record stand beside.
 */
export function adviceRows({ ranks, comparison, studies }: AdviceSources): Found<Row[]> {
  return given(ranks, (survey) => {
    // This study is the first on record.
    const ground = { here: methodAreas(comparison), elsewhere: studies.slice(1) };
    const untold = contestAmong(survey, ({ isTold }) => !isTold);
    const told = contestAmong(survey, ({ isTold }) => isTold);
    const explained = contestAmong(survey, ({ id }) => EXPLAINED.includes(id));
    return [
      ...(untold === null ? [] : [ofContest("no known occurrence", untold, ground)]),
      ...(untold === null ? [] : [handful(untold, told, survey, comparison, ground)]),
      ...(told === null || untold === null ? [] : [manyKnown(told, untold, ground)]),
      ...(explained === null ? [] : [mustExplain(explained, survey, ground)]),
      ...littleTime(untold, told, survey),
      ...groundKinds(studies, survey),
    ].map(({ situation, start, alike, why }) => ({
      ...{ "for data like yours": situation, "start with": start, "not told from it": alike, why },
    }));
  });
}

function ofContest(situation: string, contest: Contest, ground: KnownGround): Advice {
  const { best, averageRank, contestants } = contest;
  const place = `average rank ${averageRank.toFixed(1)} of ${contestants}`;
  return {
    ...{ situation, ...choiceOf(contest) },
    why: `${place}, median AUC held out ${medianOf(best.outOfFold).toFixed(2)} (synthetic); here ${hereText(best, ground)}${elsewhereText(best, ground)}`,
  };
}

function handful(
  untold: Contest,
  told: Contest | null,
  { districts }: MethodRanks,
  { group }: MethodComparison,
  ground: KnownGround,
): Advice {
  const least = Math.min(...districts.map(({ holding }) => holding.main));
  const holding = holdingPatches(group);
  const choice = choiceOf(untold);
  const measured =
    holding < HANDFUL && told !== null
      ? `here ${holding} hold one: ${untold.best.name} ${hereText(untold.best, ground)}, ${told.best.name} ${hereText(told.best, ground)}`
      : `what so few are worth was not measured: no district here has fewer than ${Math.min(least, holding)} patches with one`;
  return {
    situation: `a handful of occurrences, fewer than ${HANDFUL}`,
    start: `${choice.start}; judge it by the occurrences`,
    alike: choice.alike,
    why: `so few cannot teach a method and judge it; ${measured}`,
  };
}

function manyKnown(told: Contest, untold: Contest, ground: KnownGround): Advice {
  const { median, won, districts } = duelOf(told.best, untold.best);
  const gains = won > districts / 2 && median > 0;
  const advice = ofContest("tens to hundreds of occurrences", told, ground);
  const duel = `${told.best.name} is above ${untold.best.name}, the best that is told of nothing, in ${won} of ${districts} generated districts, by ${median.toFixed(2)} in the middle`;
  return gains
    ? { ...advice, why: `${advice.why}; ${duel}` }
    : {
        ...advice,
        start: untold.best.name,
        alike: listText([told.best.name]),
        why: `being told gains nothing: ${duel}; here ${hereText(untold.best, ground)}${elsewhereText(untold.best, ground)}`,
      };
}

function mustExplain(explained: Contest, survey: MethodRanks, ground: KnownGround): Advice {
  const advice = ofContest("every score must be explained", explained, ground);
  const best = contestAmong(survey, () => true);
  if (best === null || best.best === explained.best) {
    return { ...advice, why: `${advice.why}; none is above it, so that explaining costs nothing` };
  }
  const { median } = duelOf(explained.best, best.best);
  const beside = `${best.best.name}, the best of all`;
  const cost =
    median < -ALIKE
      ? `its AUC is ${(-median).toFixed(2)} below that of ${beside}, in the middle`
      : `in the middle its AUC is as high as that of ${beside}`;
  return { ...advice, why: `${advice.why}; ${cost}` };
}

function littleTime(
  untold: Contest | null,
  told: Contest | null,
  { methods }: MethodRanks,
): Advice[] {
  const network = methods.find(({ id }) => id === "cae");
  return [untold, told].flatMap((contest) => {
    if (contest === null) return [];
    const candidates = [contest.best, ...contest.alike];
    const fastest = candidates.reduce((one, other) => (other.seconds < one.seconds ? other : one));
    const beside = network === undefined ? "" : `, the CAE ${secondsText(network)}`;
    return [
      {
        situation: `little time, ${contest === untold ? "no occurrence" : "known occurrences"}`,
        start: fastest.name,
        alike: listText(
          candidates.filter((each) => each !== fastest).map(({ name }) => name),
          "–",
        ),
        why: `the fastest of those not told from the best: ${secondsText(fastest)} a district with its folds${beside}`,
      },
    ];
  });
}

/** With and without geochemistry: what came first in the studies on record. */
function groundKinds(studies: readonly RecordedAreas[], { methods }: MethodRanks): Advice[] {
  return [true, false].flatMap((hasSamples) => {
    const own = studies.flatMap((study) => {
      const samples = study.metrics["methods.samples"]?.value;
      const first = firstOf(study, methods);
      return samples === undefined || first === null || samples > 0 !== hasSamples
        ? []
        : [{ study, first }];
    });
    if (own.length === 0) return [];
    const said = own.map(({ study: { id, kind, metrics }, first: { name, text } }) => {
      const layer = metrics["methods.bestLayer.outOfFold.auc"]?.value.toFixed(2) ?? "none";
      const error = metrics["methods.cae.outOfFold.auc"]?.value.toFixed(2) ?? "none";
      const synthetic = kind === "synthetic" ? " (synthetic)" : "";
      return `${id}${synthetic}: ${name} ${text}, one layer alone ${layer}, CAE error ${error}`;
    });
    return [
      {
        situation: hasSamples ? "geochemistry" : "no geochemistry",
        start: [...new Set(own.map(({ first }) => first.name))].join(" or "),
        alike: "–",
        why: `first of all by AUC held out: ${said.join("; ")}`,
      },
    ];
  });
}

function firstOf({ metrics }: RecordedAreas, methods: readonly RankedMethod[]) {
  const found = methods.flatMap(({ id, name }) => {
    const area = metrics[`methods.${id}.outOfFold.auc`];
    return area === undefined ? [] : [{ name, area }];
  });
  if (found.length === 0) return null;
  const { name, area } = found.reduce((one, other) =>
    other.area.value > one.area.value ? other : one,
  );
  return { name, text: estimateText(area, 2) };
}
