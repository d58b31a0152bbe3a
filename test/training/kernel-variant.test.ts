import { afterEach, describe, expect, it, vi } from "vitest";
import { host } from "../../lib/src/training/engine/host";

const place = "../../lib/src/training/engine/host";

/** The engine's kernels where a machine cannot run some of them. */
async function variantWithout(...unknown: ("relaxed SIMD" | "SIMD")[]) {
  const kernels: typeof host.kernels = (variant) =>
    unknown.includes(variant) ? Uint8Array.of(0, 1, 2) : host.kernels(variant);
  vi.resetModules();
  vi.doMock(place, () => ({ host: { ...host, kernels } }));
  const { kernelVariant } = await import("../../lib/src/training/engine/kernels.js");
  return kernelVariant();
}

afterEach(() => vi.doUnmock(place));

describe("the kernels that run", () => {
  it("are those with relaxed SIMD where the machine has it", async () => {
    expect(await variantWithout()).toBe("relaxed SIMD");
  });

  it("are the plain ones where it has not", async () => {
    expect(await variantWithout("relaxed SIMD")).toBe("SIMD");
  });

  it("are none where it has no SIMD, and that is said", async () => {
    await expect(variantWithout("relaxed SIMD", "SIMD")).rejects.toThrow(
      "WebAssembly: found no SIMD; expected WebAssembly with SIMD, which computes the networks.",
    );
  });
});
