import type { Box } from "./drawing";

/** Tallest that maps may make a figure, in px: a journal page less its caption. */
const PAGE_HEIGHT = 800;
const GAP = 9;
const RIGHT = 8;

/** Where the maps of a figure stand. */
export interface MapBoxes {
  readonly boxes: readonly Box[];
  readonly columns: number;
  /** Lower edge of the lowest map. */
  readonly foot: number;
  readonly mapsLeft: number;
  readonly mapsWidth: number;
}

/**
 * Boxes of one size, row by row; all are narrowed together where they would overrun a page.
 *
 * @param aspect height of the region by its width
 * @param footRoom room under each row but the last, for bars and ticks
 */
export function mapBoxes(options: {
  readonly width: number;
  readonly count: number;
  readonly aspect: number;
  readonly columns: number;
  readonly left: number;
  readonly headingRoom: number;
  readonly footRoom: number;
}): MapBoxes {
  const { width, count, aspect, columns, left, headingRoom, footRoom } = options;
  const rows = Math.ceil(count / columns);
  const room = width - left - RIGHT - (columns - 1) * GAP;
  const highest = (PAGE_HEIGHT - rows * (headingRoom + footRoom)) / rows;
  const boxWidth = Math.min(room / columns, highest / aspect);
  const mapsWidth = boxWidth * columns + (columns - 1) * GAP;
  const mapsLeft = left + (width - left - RIGHT - mapsWidth) / 2;
  const rowHeight = headingRoom + boxWidth * aspect + footRoom;
  const boxes = Array.from({ length: count }, (_, index) => ({
    left: mapsLeft + (index % columns) * (boxWidth + GAP),
    top: headingRoom + Math.floor(index / columns) * rowHeight,
    width: boxWidth,
    height: boxWidth * aspect,
  }));
  return {
    boxes,
    columns,
    foot: Math.max(...boxes.map((box) => box.top + box.height)),
    mapsLeft,
    mapsWidth,
  };
}
