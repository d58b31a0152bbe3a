import type { Region } from "../grid/grid";
import type { Box } from "./drawing";

/** A length on the ground that a bar stands for. */
export interface BarLength {
  /** In metres: 1, 2 or 5 times a power of ten. */
  readonly metres: number;
  /** On the drawing. */
  readonly px: number;
  /** With its unit, such as "50 km". */
  readonly label: string;
}

/** The longest round length that a bar of some px at most can stand for. */
export function roundLength(
  { west, east }: Pick<Region, "west" | "east">,
  box: Pick<Box, "width">,
  atMost: number,
): BarLength {
  const pxPerMetre = box.width / (east - west);
  const longest = atMost / pxPerMetre;
  const power = 10 ** Math.floor(Math.log10(longest) + 1e-9);
  const factor = [5, 2, 1].find((candidate) => candidate * power <= longest * (1 + 1e-9)) ?? 1;
  const metres = Number((factor * power).toPrecision(6));
  const label = metres < 1000 ? `${metres} m` : `${(metres / 1000).toLocaleString("en")} km`;
  return { metres, px: metres * pxPerMetre, label };
}
