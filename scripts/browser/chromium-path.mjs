import { existsSync } from "node:fs";

/** Where Chromium, or a browser built on it, stands on common machines; the variable comes first. */
const places = [
  process.env.PROSPECTIVITY_CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser of this machine; null where there is none.
 *
 * @type {string | null}
 */
export const chromiumPath = places.find((path) => path !== "" && existsSync(path)) ?? null;
