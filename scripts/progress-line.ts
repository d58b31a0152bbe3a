import type { ProgressReport } from "prospectivity";

/** A line on the terminal, replaced in place; where there is none, its last words alone. */
export function progressLine(label: string): ProgressReport {
  const over = process.stderr.isTTY ? "\r\u001b[2K" : "";
  return {
    update(text) {
      if (process.stderr.isTTY) process.stderr.write(`${over}${label}: ${text}`);
    },
    finish: (text) => console.error(`${over}${label}: ${text}`),
  };
}
