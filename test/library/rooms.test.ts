import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const source = join(__dirname, "../../lib/src");

/** Rooms of the library from the top floor down; a room knows those below it alone. */
const FLOORS = [
  ["notebook"],
  ["plan"],
  ["steps"],
  ["findings"],
  ["published", "method", "import"],
  ["tables", "figures"],
  ["runs"],
  ["comparators", "baselines", "detectors"],
  ["evaluation", "evidence", "training"],
  ["patches", "synthetic"],
  ["study"],
  ["samples"],
  ["formats"],
  ["manifest"],
  ["grid", "models"],
] as const;

/** Files of no room, which every room may know. */
const GROUND = [
  "errors",
  "files",
  "json",
  "one-at-a-time",
  "project",
  "random",
  "skipped",
  "tensorflow",
];

const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.some((name) => name === room));

/** Which rooms import which others, and by which file. */
function arrows(): { from: string; to: string; file: string }[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(source, file), "utf8");
    const targets = [...text.matchAll(/(?:from|import\() ?"(\.{1,2}\/[^"]+)"/g)];
    return targets.map(([, to]) => ({
      from: roomOf(file),
      to: roomOf(relative(source, resolve(dirname(join(source, file)), to))),
      file,
    }));
  });
}

/** The room of a file, or the file itself on the ground. */
function roomOf(path: string): string {
  return path.split("/").length > 1 ? path.split("/")[0] : path.replace(/\.ts$/, "");
}

it("every folder of lib/src is a room of one floor, and every other file lies on the ground", () => {
  const entries = readdirSync(source, { withFileTypes: true });
  const rooms = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(rooms.sort()).toEqual([...FLOORS.flat()].sort());
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  expect(files.sort()).toEqual([...GROUND, "index"].map((name) => `${name}.ts`).sort());
});

it("no import goes back up, or across to a room of the same floor but one that knows it not", () => {
  const upwards = arrows().filter(({ from, to }) => {
    if (from === to || from === "index" || GROUND.includes(to)) return false;
    if (GROUND.includes(from)) return true;
    return floorOf(to) < floorOf(from) || floorOf(to) < 0;
  });
  expect(upwards).toEqual([]);
  const pairs = new Set(arrows().map(({ from, to }) => `${from} ${to}`));
  const circles = [...pairs].filter((pair) => {
    const [from, to] = pair.split(" ");
    return from !== to && pairs.has(`${to} ${from}`);
  });
  expect(circles).toEqual([]);
});
