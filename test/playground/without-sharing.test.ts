import { describe, expect, it } from "vitest";
import { host } from "../../lib/src/training/engine/host";
import { withoutSharing } from "../../scripts/playground/worker/without-sharing";

describe.each(["relaxed SIMD", "SIMD"] as const)("kernels with %s", (variant) => {
  const shared = Uint8Array.from(host.kernels(variant));
  const alone = withoutSharing(shared);

  it("differ in one byte", () => {
    expect(alone.length).toBe(shared.length);
    expect(alone.filter((byte, at) => byte !== shared[at])).toHaveLength(1);
  });

  it("work in a memory of their own, and in no shared one", () => {
    if (!WebAssembly.validate(alone)) host.wantRelaxed();
    const module = new WebAssembly.Module(alone);
    const memory = (isShared: boolean) =>
      new WebAssembly.Memory({ initial: 1, maximum: 1, shared: isShared });
    const run = (isShared: boolean) =>
      new WebAssembly.Instance(module, { env: { memory: memory(isShared) } });
    expect(() => run(true)).toThrow(WebAssembly.LinkError);
    const own = memory(false);
    const kernels = new WebAssembly.Instance(module, { env: { memory: own } }).exports;
    new Uint8Array(own.buffer).fill(7, 0, 64);
    (kernels.clear as (at: number, bytes: number) => void)(16, 32);
    expect([...new Uint8Array(own.buffer, 0, 64)].map((byte) => byte === 0)).toEqual(
      Array.from({ length: 64 }, (_, at) => at >= 16 && at < 48),
    );
  });
});

it("what imports no shared memory is refused", () => {
  const none = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 2, 8, 1, 1, 97, 1, 98, 2, 1, 1, 1);
  expect(() => withoutSharing(none)).toThrow("one thing, a shared memory");
});
