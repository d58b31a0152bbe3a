/** What the names of columns are taken for, letters and digits of the name in lower case. */
const EASTINGS =
  /^(x|east|easting|eastings|xcoord|coordx|pointx|xm|utme|utmx|mgae|mgaeast|eastutm|xutm)$/;
const NORTHINGS =
  /^(y|north|northing|northings|ycoord|coordy|pointy|ym|utmn|utmy|mgan|mganorth|northutm|yutm)$/;
const LONGITUDES = /^(lon|long|longitude|lng|londd|longdd|longitudedd|decimallongitude)$/;
const LATITUDES = /^(lat|latitude|latdd|latitudedd|decimallatitude)$/;
const NAMES =
  /^(id|name|sample|sampleid|sampleno|samplename|samplenumber|no|deposit|depositname|site|sitename|sitecode|occurrence|label|title|fid|objectid)$/;
const COMMODITIES =
  /^(commodity|commodities|commod|commod1|maincommodity|primarycommodity|targetcommodity|metal|metals|mineral|element|ore|oretype)$/;

/** Columns with coordinates. */
export interface CoordinateColumns {
  readonly easting: string;
  readonly northing: string;
}

/** The columns of a table that are named as coordinates; null when there are no two of them. */
export function coordinateColumns(columns: readonly string[]): CoordinateColumns | null {
  for (const [across, up] of [
    [EASTINGS, NORTHINGS],
    [LONGITUDES, LATITUDES],
  ]) {
    const easting = columns.find((name) => across.test(plain(name)));
    const northing = columns.find((name) => up.test(plain(name)));
    if (easting !== undefined && northing !== undefined) return { easting, northing };
  }
  return null;
}

/** Columns that are named as names; the numbers that a GIS gives to features come last. */
export function nameColumns(columns: readonly string[]): string[] {
  const named = columns.filter((name) => NAMES.test(plain(name)));
  const isCounted = (name: string) => /^(fid|objectid)$/.test(plain(name));
  return [...named.filter((name) => !isCounted(name)), ...named.filter(isCounted)];
}

/** The column that is named as commodity, if there is one. */
export function commodityColumn(columns: readonly string[]): string | undefined {
  return columns.find((name) => COMMODITIES.test(plain(name)));
}

/** Whether all places could be longitude and latitude; metres of a projected system never could. */
export function areDegrees(places: readonly (readonly [number, number])[]): boolean {
  const inRange = ([x, y]: readonly [number, number]) => Math.abs(x) <= 180 && Math.abs(y) <= 90;
  return places.length > 0 && places.every(inRange);
}

/** Letters and digits of a name; a unit of length in brackets is left out. */
function plain(name: string): string {
  return name
    .replace(/[([](m|metres|meters|dd|deg|degrees)[)\]]/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
