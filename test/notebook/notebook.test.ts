import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { studyFolder } from "../../lib/src/notebook/environment";
import { resolveParameters } from "../../lib/src/notebook/parameters";
import { forgetNotebook, recordMetric } from "../../lib/src/notebook/record";
import { tableCsv, tableHtml, tableText } from "../../lib/src/tables/table";

const written = {
  study: "murchison",
  profile: "paper" as const,
  seed: 7,
  epochs: { paper: 20, smoke: 2 },
  patchSize: 12,
};

describe("parameters", () => {
  it("take the value of their profile", () => {
    expect(resolveParameters(written, {}).parameters.epochs).toBe(20);
    const smoke = resolveParameters({ ...written, profile: "smoke" as const }, {});
    expect(smoke.parameters).toMatchObject({ epochs: 2, patchSize: 12 });
  });

  it("heed the command line and say so", () => {
    const { parameters, overridden } = resolveParameters(written, {
      PROSPECTIVITY_PROFILE: "smoke",
      PROSPECTIVITY_SEED: "11",
    });
    expect(parameters).toMatchObject({ profile: "smoke", seed: 11, epochs: 2 });
    expect(overridden).toEqual(["profile", "seed"]);
  });

  it.each(["7.5", "seven", "1e99"])("refuse %s as a seed", (seed) => {
    expect(() => resolveParameters(written, { PROSPECTIVITY_SEED: seed })).toThrow(
      /seed: found .*expected a whole number/,
    );
  });

  it("refuse an unknown profile and an unknown study, naming the choices", () => {
    expect(() => resolveParameters(written, { PROSPECTIVITY_PROFILE: "fast" })).toThrow(
      /profile: found fast; expected paper or smoke/,
    );
    const data = join(__dirname, "../../data");
    expect(() => studyFolder(data, "atlantis")).toThrow(/found atlantis; expected one of.*murch/);
  });
});

describe("tables", () => {
  const rows = [
    { layer: "DTF, <km>", auc: 0.88731, n: 255 },
    { layer: "DTG", auc: null, n: 1255 },
  ];

  it("keep all digits in CSV and quote what needs it", () => {
    expect(tableCsv(rows)).toBe('layer,auc,n\r\n"DTF, <km>",0.88731,255\r\nDTG,,1255\r\n');
  });

  it("round for the reader and escape text in HTML", () => {
    const html = tableHtml(rows, { digits: { auc: 2 } });
    expect(html).toContain("DTF, &lt;km&gt;");
    expect(html).toContain(">0.89<");
    expect(html).toContain(">1,255<");
  });

  it("align columns as text", () => {
    expect(tableText(rows, { digits: { auc: 3 } }).split("\n")[1]).toBe("DTF, <km>  0.887  255");
  });
});

describe("metrics", () => {
  it("of a notebook are replaced when it runs again, and no others", () => {
    const results = mkdtempSync(join(tmpdir(), "metrics-"));
    const metric = (notebook: string) => ({ value: 0.5, notebook, profile: "smoke", seed: 1 });
    recordMetric(results, "b.auc", metric("04-roc"));
    recordMetric(results, "a.auc", metric("00-evidence"));
    forgetNotebook(results, "04-roc");
    const kept = JSON.parse(readFileSync(join(results, "metrics.json"), "utf8"));
    expect(Object.keys(kept)).toEqual(["a.auc"]);
    rmSync(results, { recursive: true });
  });

  it("are forgotten where an earlier notebook never opened", () => {
    const results = mkdtempSync(join(tmpdir(), "metrics-"));
    writeFileSync(join(results, "run.json"), '{ "durations": {} }');
    expect(() => forgetNotebook(results, "04-roc")).not.toThrow();
    rmSync(results, { recursive: true });
  });
});
