import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives all tests of a run one folder for what they write for a while, which ends with the run:
 * thousands of folders were left in the machine's own once.
 */
export default function temporaryFolder(): () => void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "prospectivity-test-")));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
