/** What a cell of asterisks is read as; a number that did not fit, or none. */
export const NO_NUMBER = "***";

/** What the shapefile package does not tell of a row of a .dbf. */
export interface DbfRow {
  /** Marked as deleted; the file still holds it. */
  readonly deleted: boolean;
  /** Cells of number columns that hold other text, by column; asterisks as NO_NUMBER. */
  readonly unread: Readonly<Record<string, string>>;
}

/** Lengths of the header's first part and of a column's description, and what ends the latter. */
const HEADER = 32;
const DESCRIPTION = 32;
const HEADER_END = 0x0d;

/**
 * The rows of a .dbf (dBASE III), as many as are whole. Number columns hold asterisks where dBASE
 * and ArcGIS had a number too wide for the column, but also where GDAL and QGIS had no value, so
 * that neither can be told from the other.
 */
export function dbfRows(dbf: Buffer, encoding: string): DbfRow[] {
  const columns = numberColumns(dbf, encoding);
  const length = dbf.readUInt16LE(10);
  const rows: DbfRow[] = [];
  for (
    let start = dbf.readUInt16LE(8);
    start + length <= dbf.length && dbf[start] !== 0x1a;
    start += length
  ) {
    const unread = columns.flatMap(({ name, from, to }): [string, string][] => {
      const text = dbf
        .toString("latin1", start + from, start + to)
        .replaceAll("\0", " ")
        .trim();
      if (text === "" || !Number.isNaN(Number(text))) return [];
      return [[name, /^\*+$/.test(text) ? NO_NUMBER : text]];
    });
    rows.push({ deleted: dbf[start] === 0x2a, unread: Object.fromEntries(unread) });
  }
  return rows;
}

/** Columns of types N and F, and where in a row their cells are. */
function numberColumns(dbf: Buffer, encoding: string) {
  const decoder = new TextDecoder(encoding);
  const columns: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  let from = 1;
  for (let at = HEADER; dbf[at] !== HEADER_END; at += DESCRIPTION) {
    const [type, width] = [String.fromCharCode(dbf.readUInt8(at + 11)), dbf.readUInt8(at + 16)];
    const name = dbf.subarray(at, at + 11);
    const end = name.indexOf(0);
    if (type === "N" || type === "F") {
      columns.push({
        name: decoder.decode(end < 0 ? name : name.subarray(0, end)),
        from,
        to: from + width,
      });
    }
    from += width;
  }
  return columns;
}
