import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError, type InputErrorDetails } from "../../lib/src/errors";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";
import { pixelCentre } from "../../lib/src/grid/grid";

const folder = join(__dirname, "../reference/grid/gdal");

/** GDAL's XYZ listing: easting and northing of pixel centres and a value a band. */
function listed(name: string): number[][] {
  const lines = readFileSync(join(folder, `${name}.xyz`), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => line.split(" ").map(Number));
}

async function refusalOf(reading: Promise<unknown>): Promise<InputErrorDetails> {
  const error = await reading.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).details;
}

describe("readGeoTiff reads what GDAL wrote, pixel for pixel as gdal_translate lists it", () => {
  const nodata: Record<string, number> = { byte: 0, sparse: 0 };
  it.each([
    "one",
    "stack-separate",
    "stack-pixel-deflate-tiled",
    "float64-lzw",
    "int16",
    "byte",
    "int32-big-endian",
    "bigtiff",
    "pixel-is-point",
    "nodata-nan",
    "int16-lzw-predictor2",
    "int16-big-endian-predictor2",
    "float32-packbits",
    "float32-predictor2",
    "float64-predictor3",
    "stack-big-endian-predictor3",
    "bigtiff-tiled",
    "strips",
    "sparse",
    "scaled",
  ])("%s.tif", async (name) => {
    const { geometry, bands } = await readGeoTiff(join(folder, `${name}.tif`));
    const rows = listed(name);
    expect([geometry.width, geometry.height, geometry.crs.epsg]).toEqual([5, 4, 32750]);
    expect(bands.length).toBe(rows[0].length - 2);
    rows.forEach(([easting, northing, ...values], pixel) => {
      const centre = pixelCentre(geometry, Math.floor(pixel / 5), pixel % 5);
      expect(centre).toEqual({ easting, northing });
      bands.forEach((band, index) => {
        const listedNodata = nodata[name] ?? -9999;
        const missing = Number.isNaN(values[index]) || values[index] === listedNodata;
        expect(band.values[pixel]).toBe(missing ? Number.NaN : Math.fround(values[index]));
      });
    });
  });

  it("nodata is really there: two pixels of -9999 in the source become NaN", async () => {
    const { bands } = await readGeoTiff(join(folder, "one.tif"));
    expect([...bands[0].values].flatMap((value, at) => (Number.isNaN(value) ? [at] : []))).toEqual([
      6, 13,
    ]);
  });

  it.each(["zstd", "lerc"])(
    "%s.tif, written of the same source as one.tif, to the last bit",
    async (name) => {
      const [found, one] = [
        await readGeoTiff(join(folder, `${name}.tif`)),
        await readGeoTiff(join(folder, "one.tif")),
      ];
      expect(found.bands[0].values).toEqual(one.bands[0].values);
    },
  );

  it("rows from the south, and a mask: north-up, and nodata where the mask is 0", async () => {
    // The source from its last row, made by a VRT of 200 m pixels.
    const south = await readGeoTiff(join(folder, "south-up.tif"));
    expect(south.geometry.transform).toEqual([400_000, 200, 0, 6_800_800, 0, -200]);
    expect([...south.bands[0].values.slice(0, 5)]).toEqual([16, 17, 18, 19, 20000.5]);
    expect([...south.bands[0].values.slice(-5)]).toEqual([1.5, 2.25, -3, 4, 5]);
    const masked = await readGeoTiff(join(folder, "mask.tif"));
    // Bytes of -3 and of -9999 twice are 0, of which the mask is made.
    expect(
      [...masked.bands[0].values].flatMap((value, at) => (Number.isNaN(value) ? [at] : [])),
    ).toEqual([2, 6, 13]);
  });

  it("reads the bands asked for, in the order asked", async () => {
    const path = join(folder, "stack-separate.tif");
    const { bands } = await readGeoTiff(path, { bands: [2, 1] });
    expect(bands.map(({ name, values }) => [name, values[0]])).toEqual([
      ["band 2", 3],
      ["band 1", 1.5],
    ]);
  });
});

describe("readGeoTiff refuses by name what it cannot read right", () => {
  it.each([
    ["no-crs", "georeference", "CRS", /none/],
    ["degrees", "georeference", "CRS", /geographic.*4326/],
    ["feet", "georeference", "CRS", /linear unit/],
    ["rotated", "georeference", "transform", /rotated/],
    ["complex", "format", "band 1", /64-bit samples of TIFF sample format 6/],
    ["truncated-data", "format", "contents", /^438 bytes$/],
    ["truncated-head", "format", "contents", /./],
  ])("%s", async (name, kind, field, found) => {
    const file = `refused-${name}.tif`;
    const details = await refusalOf(readGeoTiff(join(folder, file), { name: file }));
    expect(details).toMatchObject({ kind, file, field });
    expect(details.found).toMatch(found);
  });

  it("degrees, and names the zone of UTM: 115.5 east, 26.5 south", async () => {
    const details = await refusalOf(readGeoTiff(join(folder, "refused-degrees.tif")));
    expect(details.remedy).toContain("EPSG:32750");
  });

  it("a band that is not there", async () => {
    const details = await refusalOf(readGeoTiff(join(folder, "one.tif"), { bands: [2] }));
    expect(details).toMatchObject({ kind: "format", field: "band 2", found: "1 bands" });
  });

  it("a file that is not there, and leaves none", async () => {
    const empty = mkdtempSync(join(tmpdir(), "geotiff-"));
    const details = await refusalOf(readGeoTiff(join(empty, "a.tif"), { name: "a.tif" }));
    expect(details).toMatchObject({ kind: "missing-file", file: "a.tif" });
    expect(readdirSync(empty)).toEqual([]);
  });

  it("a file that is no TIFF", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "geotiff-")), "a.tif");
    writeFileSync(path, "easting,northing\n1,2\n");
    const details = await refusalOf(readGeoTiff(path, { name: "a.tif" }));
    expect(details).toMatchObject({ kind: "format", file: "a.tif" });
  });

  it("every truncation of a file: an error or nothing but the whole", async () => {
    const whole = readFileSync(join(folder, "one.tif"));
    const path = join(mkdtempSync(join(tmpdir(), "geotiff-")), "cut.tif");
    for (let bytes = 0; bytes < whole.length; bytes += 3) {
      writeFileSync(path, whole.subarray(0, bytes));
      const details = await refusalOf(readGeoTiff(path, { name: "cut.tif" }));
      expect(details.file).toBe("cut.tif");
    }
  });
});
