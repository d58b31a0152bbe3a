import { expect, it } from "vitest";
import { InputError } from "../../lib/src/errors";
import { refusalOf } from "../../scripts/playground/worker/refusal";

it("memory that a browser does not give is told with what helps", () => {
  const message = refusalOf(new RangeError("Array buffer allocation failed"));
  expect(message).toMatch(/no more memory .*Array buffer allocation failed.*fewer layers/);
});

it("what the library refuses is told as it says it", () => {
  const details = { kind: "parameter", field: "seed", found: "1.5", expected: "a whole number" };
  expect(refusalOf(new InputError({ ...details, kind: "parameter" }))).toBe(
    "seed: found 1.5; expected a whole number.",
  );
});
