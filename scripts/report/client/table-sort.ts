/**
 * The number by which a cell is sorted: the first one in it, so that "0.83 (0.79 to 0.87)" is 0.83,
 * "9,041" is 9041 and "12 of 76" is 12. NaN where it does not begin with one.
 */
export function sortValue(text: string): number {
  const [, number] =
    text.trim().match(/^(?:about |above )?([-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?)(?=\s|%|$)/) ??
    [];
  return number === undefined ? Number.NaN : Number(number.replace(/,/g, "").replace("−", "-"));
}

/** Order of two cells: numbers by value, before words; what is missing is last either way. */
export function compareCells(one: string, other: string, direction: 1 | -1): number {
  const [isMissing, isOtherMissing] = [one, other].map((text) => /^[–\s]*$/.test(text));
  if (isMissing || isOtherMissing) return Number(isMissing) - Number(isOtherMissing);
  const [value, otherValue] = [sortValue(one), sortValue(other)];
  if (Number.isNaN(value) !== Number.isNaN(otherValue)) return Number.isNaN(value) ? 1 : -1;
  const order = Number.isNaN(value)
    ? one.localeCompare(other, "en", { numeric: true })
    : value - otherValue;
  return direction * order;
}

type Order = "none" | "ascending" | "descending";
const next: Readonly<Record<Order, Order>> = {
  none: "ascending",
  ascending: "descending",
  descending: "none",
};

/** Makes every heading of a table a button that sorts it: up, down, and as it was. */
export function sortTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>(".folded table")) {
    const body = table.tBodies[0];
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    if (body === undefined || body.rows.length < 2) continue;
    const rows = [...body.rows];
    for (const [column, head] of heads.entries()) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const order = next[(head.getAttribute("aria-sort") ?? "none") as Order];
        for (const other of heads) other.removeAttribute("aria-sort");
        if (order !== "none") head.setAttribute("aria-sort", order);
        const direction = order === "descending" ? -1 : 1;
        const text = (row: HTMLTableRowElement) => row.cells[column]?.textContent ?? "";
        const sorted =
          order === "none"
            ? rows
            : [...rows].sort((one, other) => compareCells(text(one), text(other), direction));
        body.append(...sorted);
      });
    }
  }
}
