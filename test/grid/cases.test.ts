import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGeoTiff } from "../../lib/src/grid/geotiff-read";

const cases = join(__dirname, "../cases");
const read = (name: string) => readGeoTiff(join(cases, name));

describe("rasters that people have, read as they are", async () => {
  const plain = await read("plain.tif");

  it.each(["comp_ZSTD.tif", "comp_LERC.tif", "southup.tif"])(
    "%s is plain.tif to the last bit",
    async (name) => {
      const found = await read(name);
      expect(found.geometry).toEqual(plain.geometry);
      found.bands.forEach(({ values }, band) => {
        expect(values).toEqual(plain.bands[band].values);
      });
    },
  );

  it("a mask beside the image is nodata where it is 0: 144 pixels, the others as plain.tif", async () => {
    const found = await read("mask.tif");
    found.bands.forEach(({ values }, band) => {
      const own = plain.bands[band].values;
      const masked = values.filter((value) => Number.isNaN(value)).length;
      expect(masked).toBe(144);
      values.forEach((value, at) => {
        if (!Number.isNaN(value)) expect(value).toBe(own[at]);
      });
    });
  });
});
