import { expect, it } from "vitest";
import { newestOf } from "../../scripts/bench/versions";

const newest = (...versions: string[]) => newestOf(versions, (version) => version);

it("the newest version is told by numbers, not by letters", () => {
  expect(newest("1.13.0a0", "2.9.1+cpu", "2.10.0+cpu")).toBe("2.10.0+cpu");
  expect(newest("2.10.0", "2.9.1")).toBe("2.10.0");
  expect(newest("2.1", "2.1.1")).toBe("2.1.1");
});

it("a release comes after what was made on the way to it, and equal ones by their order", () => {
  expect(newest("1.13.0a0", "1.13.0")).toBe("1.13.0");
  expect(newest("2.0.0.dev20230101", "2.0.0rc1", "2.0.0+cu118", "2.0.0+cpu")).toBe("2.0.0+cu118");
  expect(newest()).toBeNull();
});
