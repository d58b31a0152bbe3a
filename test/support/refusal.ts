import { expect } from "vitest";
import { InputError, type InputErrorDetails } from "../../lib/src/errors";

/** What an action is refused for; the test fails when it is not refused. */
export async function refusalOf(action: () => unknown): Promise<InputErrorDetails> {
  let reason: unknown = null;
  try {
    await action();
  } catch (error) {
    reason = error;
  }
  expect(reason).toBeInstanceOf(InputError);
  return (reason as InputError).details;
}
