import { InputError } from "../errors";
import type { Line } from "../grid/shapes";

/**
 * Pieces that share end points, joined to one line. It runs as the first piece does.
 *
 * @throws InputError when they do not make one open line
 */
export function joinedLine(pieces: readonly Line[]): Line {
  const left = pieces.filter((piece) => hasLength(piece)).map((piece) => [...piece]);
  const line = left.shift() ?? [];
  for (let joined = true; joined && left.length > 0; ) {
    joined = false;
    for (let index = 0; index < left.length && !joined; index++) {
      joined = join(line, left[index]);
      if (joined) left.splice(index, 1);
    }
  }
  const ring = line[0] === line.at(-2) && line[1] === line.at(-1);
  if (line.length < 4 || ring || left.length > 0) {
    throw new InputError({
      kind: "values",
      field: "zones.layer",
      found: ring ? "a closed ring" : `${left.length + 1} lines that do not join end to end`,
      expected: "one open line, whole or in pieces that share end points",
    });
  }
  return Float64Array.from(withoutRepeats(line));
}

/** Appends or prepends a piece that shares an end point with the line; false if it shares none. */
function join(line: number[], piece: number[]): boolean {
  const same = (one: number[], other: number[]) => one[0] === other[0] && one[1] === other[1];
  const head = line.slice(0, 2);
  const tail = line.slice(-2);
  const first = piece.slice(0, 2);
  const last = piece.slice(-2);
  if (same(tail, first)) line.push(...piece.slice(2));
  else if (same(tail, last)) line.push(...reversed(piece).slice(2));
  else if (same(head, last)) line.unshift(...piece.slice(0, -2));
  else if (same(head, first)) line.unshift(...reversed(piece).slice(0, -2));
  else return false;
  return true;
}

function reversed(piece: readonly number[]): number[] {
  const turned: number[] = [];
  for (let vertex = piece.length - 2; vertex >= 0; vertex -= 2) {
    turned.push(piece[vertex], piece[vertex + 1]);
  }
  return turned;
}

function withoutRepeats(line: readonly number[]): number[] {
  return line.filter((_, at) => {
    const vertex = at - (at % 2);
    if (vertex === 0) return true;
    return line[vertex] !== line[vertex - 2] || line[vertex + 1] !== line[vertex - 1];
  });
}

function hasLength(piece: Line): boolean {
  return piece.some((value, at) => value !== piece[at % 2]);
}
