import type { Mutant } from "./mutants";
import type { Outcome } from "./trial";

/** What came of the mutants of one room. */
export interface RoomOutcome {
  readonly room: string;
  readonly outcomes: readonly Outcome[];
  /** Mutants of the sample that are known to change nothing: not tried. */
  readonly equivalent: number;
}

/** Mutants that were noticed among those that were tried; NaN without any. */
export function shareFound(rooms: readonly RoomOutcome[]): number {
  const outcomes = rooms.flatMap((room) => room.outcomes);
  return outcomes.filter(({ foundBy }) => foundBy !== null).length / outcomes.length;
}

/** The table by room and the list of survivors. */
export function summary(rooms: readonly RoomOutcome[]): string {
  const lines = [
    ["room", "mutants", "found", "share", "equivalent"],
    ...rooms.map((room) => rowOf(room.room, [room])),
    rowOf("all", rooms),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const table = lines.map((line) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))),
  );
  const survivors = rooms.flatMap(({ outcomes }) =>
    outcomes.filter(({ foundBy }) => foundBy === null).map(({ mutant }) => described(mutant)),
  );
  const told =
    survivors.length === 0
      ? ["No mutant survived."]
      : ["Survivors, tried again by npm run mutate -- --mutant ID:", ...survivors];
  return [...table.map((line) => line.join("  ").trimEnd()), "", ...told].join("\n");
}

/** Where a mutant is and what it changes. */
export function described({ id, file, line, text, becomes }: Mutant): string {
  return `${id} ${file}:${line}\n  - ${text}\n  + ${becomes}`;
}

function rowOf(name: string, rooms: readonly RoomOutcome[]): string[] {
  const outcomes = rooms.flatMap((room) => room.outcomes);
  const found = outcomes.filter(({ foundBy }) => foundBy !== null).length;
  const share = outcomes.length === 0 ? "" : `${((100 * found) / outcomes.length).toFixed(1)} %`;
  const equivalent = rooms.reduce((sum, room) => sum + room.equivalent, 0);
  return [name, String(outcomes.length), String(found), share, String(equivalent)];
}
