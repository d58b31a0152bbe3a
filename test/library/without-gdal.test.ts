import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(__dirname, "../..");

it("shipped studies load where GDAL is not installed, and what needs it says how to bring it", () => {
  const folder = mkdtempSync(join(tmpdir(), "without-gdal-"));
  writeFileSync(
    join(folder, "hide.cjs"),
    `const Module = require("node:module");
     const resolve = Module._resolveFilename;
     Module._resolveFilename = function (request, ...rest) {
       if (request.startsWith("gdal3.js")) throw new Error("not installed");
       return resolve.call(this, request, ...rest);
     };`,
  );
  writeFileSync(
    join(folder, "load.ts"),
    `import { loadStudy } from ${JSON.stringify(join(root, "lib/src/index"))};
     import { bringRaster } from ${JSON.stringify(join(root, "lib/src/import/bring-raster"))};
     async function main() {
       for (const name of ["golden-triangle", "murchison"]) {
         const study = await loadStudy(${JSON.stringify(join(root, "data"))} + "/" + name);
         console.log(name, study.occurrences.length);
       }
       const wishes = { epsg: undefined, missing: [], data: [] };
       await bringRaster("deg.tif", ${JSON.stringify(join(root, "test/cases"))}, wishes)
         .catch((error: Error) => console.log(error.message));
     }
     main();`,
  );
  const options = [
    "--require",
    join(folder, "hide.cjs"),
    "--import",
    "tsx",
    join(folder, "load.ts"),
  ];
  const { stdout, stderr } = spawnSync(process.execPath, options, { cwd: root, encoding: "utf8" });
  expect(stderr).toBe("");
  const [golden, murchison, refusal] = stdout.split("\n");
  expect(golden).toMatch(/^golden-triangle \d+$/);
  expect(murchison).toMatch(/^murchison \d+$/);
  expect(refusal).toMatch(/^gdal3.js: found the package is not installed;.*npm install gdal3.js/);
});
