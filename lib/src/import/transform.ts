import type { Database } from "sql.js";
import { InputError } from "../errors";
import { gdal, gdalSaid } from "./gdal";
import {
  areaOf,
  areGeocentric,
  areOfOneDatum,
  directOperations,
  isKnownSystem,
  partNamed,
  projDatabase,
} from "./proj-database";

/** How coordinates of one system became those of another. */
export interface Transformation {
  /** EPSG codes. */
  readonly from: number;
  readonly to: number;
  /** The operations between the datums by their names in the EPSG register; none within one datum. */
  readonly operations: readonly string[];
  /** The areas that they are for. PROJ knows their rectangles, and a place may lie beside an area in one. */
  readonly areas: readonly string[];
  /**
   * Metres to which the register holds the operations true, the sum where several follow each other
   * and the worst where they differ from place to place; 0 within one datum; null where it is unknown.
   */
  readonly accuracy: number | null;
}

/** Places in another system, and how they came there. */
export interface Transformed {
  /** As many as were given; not finite where the system has no such place. */
  readonly places: readonly (readonly [number, number])[];
  readonly transformation: Transformation;
}

/**
 * gdal3.js gives GDAL no place for whether each point succeeded, and GDAL then writes that, four bytes a
 * point, at the start of memory: only the first 1,024 bytes there belong to nobody.
 */
const MOST_AT_ONCE = 250;

/**
 * Brings places from one system to another by PROJ, which chooses the operation by where they lie, and
 * needs no files of shifts. Degrees are longitude and latitude, in this order.
 *
 * @param from EPSG code, as `to`
 * @throws InputError when GDAL is not there, or a code is unknown
 */
export async function transformed(
  places: readonly (readonly [number, number])[],
  from: number,
  to: number,
): Promise<Transformed> {
  const tool = await gdal();
  const database = await projDatabase();
  for (const code of [from, to]) {
    if (isKnownSystem(database, code)) continue;
    const expected = "a code that the EPSG register holds (epsg.org lists them)";
    throw new InputError({
      kind: "georeference",
      field: `EPSG:${code}`,
      found: `${code}`,
      expected,
    });
  }
  const possible = places.map(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const given = places.filter((_, at) => possible[at]);
  const options = ["-s_srs", `EPSG:${from}`, "-t_srs", `EPSG:${to}`, "-output_xy"];
  gdalSaid();
  const found: (readonly number[])[] = [];
  for (let at = 0; at < given.length; at += MOST_AT_ONCE) {
    found.push(...(await tool.gdaltransform(given.slice(at, at + MOST_AT_ONCE), options)));
  }
  const transformation = await chosenBetween(from, to);
  let next = 0;
  const all = possible.map((is): readonly [number, number] => {
    if (!is) return [Number.NaN, Number.NaN];
    const [x, y] = found[next++];
    return [x, y];
  });
  return { places: all, transformation };
}

/**
 * PROJ's last choice between two systems. It says a choice once, and GDAL keeps it thereafter, so that
 * places for which it says nothing went by the last, and those before a new one may have.
 */
const choices = new Map<string, Choice>();

interface Choice {
  /** Operations by name; none where PROJ had one alone, of which it tells the numbers only. */
  readonly chains: readonly string[];
  /** Metres of its shifts along the first axis. */
  readonly shifts: readonly number[];
}

/** The operations that PROJ used when it was last asked to go from one system to another. */
export async function chosenBetween(from: number, to: number): Promise<Transformation> {
  const database = await projDatabase();
  const systems = { from, to };
  const key = `${from} ${to}`;
  const lines = gdalSaid();
  const before = choices.get(key) ?? { chains: [], shifts: shiftsIn(lines) };
  const used = [...new Set([...before.chains, ...usedChains(lines)])];
  const { shifts } = before;
  choices.set(key, { chains: used.slice(-1), shifts });
  if (areOfOneDatum(database, from, to))
    return { ...systems, operations: [], areas: [], accuracy: 0 };
  const none = ballpark(areGeocentric(database, from, to));
  if (used.length > 0) {
    const accuracy = worst(used.map((chain) => accuracyOfChain(database, chain)));
    const operations = used.map((chain) =>
      chain.includes("Ballpark") ? none : withoutProjections(database, chain),
    );
    const names = used.flatMap(partsOf).map((part) => part.replace(OUTSIDE, ""));
    return { ...systems, operations, areas: areasOf(database, names), accuracy };
  }
  const direct = directOperations(database, from, to, shifts);
  const accuracy = worst(direct.map((one) => one.accuracy));
  if (direct.length > 0) {
    const operations = direct.map(({ name }) => name);
    return { ...systems, operations, areas: areasOf(database, operations), accuracy };
  }
  const operations = [shifts.length > 0 ? "an operation that PROJ does not name" : none];
  return { ...systems, operations, areas: [], accuracy: null };
}

function areasOf(database: Database, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => areaOf(database, name) ?? []))];
}

/** Chains of operations in what PROJ said, each once. */
function usedChains(lines: readonly string[]): string[] {
  const chains = lines.flatMap(
    (line) => /Using coordinate operation (.*)$/.exec(line)?.[1].replace(FALLBACK, OUTSIDE) ?? [],
  );
  return [...new Set(chains)];
}

/** What PROJ says where a place lies in the area of no operation, and what is said of it here. */
const FALLBACK = / as a fallback due to lack of more appropriate operations$/;
const OUTSIDE = ", outside its area";

/** Metres along the first axis of the shifts that PROJ told the numbers of. */
function shiftsIn(lines: readonly string[]): number[] {
  const found = lines.flatMap((line) => /^PROJ_TRACE: pipeline: +x=(\S+)$/.exec(line)?.[1] ?? []);
  return [...new Set(found.map(Number))];
}

const partsOf = (chain: string) =>
  chain.split(" + ").map((part) => part.replace(/^Inverse of /, ""));

/** The sum of the accuracies of a chain's parts; null where one is ballpark or unknown. */
function accuracyOfChain(database: Database, chain: string): number | null {
  const accuracies = partsOf(chain).map((part) => {
    const found = partNamed(database, part);
    return found === "exact" ? 0 : (found?.accuracy ?? null);
  });
  return accuracies.reduce<number | null>(
    (sum, one) => (sum === null || one === null ? null : sum + one),
    0,
  );
}

function withoutProjections(database: Database, chain: string): string {
  return chain
    .split(" + ")
    .filter((part) => partNamed(database, part.replace(/^Inverse of /, "")) !== "exact")
    .join(" + ");
}

function worst(accuracies: readonly (number | null)[]): number | null {
  if (accuracies.length === 0 || accuracies.includes(null)) return null;
  return Math.max(...accuracies.map(Number));
}

/** What stands for an operation where PROJ shifts nothing, for want of one that needs no file. */
const ballpark = (isGeocentric: boolean) =>
  isGeocentric
    ? "no shift between their datums (ballpark), both centred on the Earth, a metre or two apart as a rule"
    : "no shift between their datums (ballpark): PROJ has none that needs no file; up to some 100s of metres";

/** A transformation in words, such as "EPSG:21036 to EPSG:32736 by Arc 1960 to WGS 84 (3), for Tanzania - onshore, good to 15 m". */
export function transformationWords(transformation: Transformation): string {
  const { from, to } = transformation;
  return `EPSG:${from} to EPSG:${to} ${operationWords(transformation)}`;
}

/** What comes of a transformation's datums, in words, such as "on one datum, exact to the millimetre". */
export function operationWords({ operations, areas, accuracy }: Transformation): string {
  if (operations.length === 0) return "on one datum, exact to the millimetre";
  const good =
    accuracy === null ? "accuracy unknown" : `good to ${Number(accuracy.toPrecision(3))} m`;
  const where = areas.length === 0 ? "" : `, for ${areas.join("; ")}`;
  return `by ${operations.join(" or ")}${where}, ${good}`;
}
