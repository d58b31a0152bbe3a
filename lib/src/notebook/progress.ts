import type { ProgressReport } from "../runs/context";
import { escapeHtml } from "../tables/escape-html";
import { publishUpdatable } from "./publish";

const millisecondsBetweenUpdates = 250;

/**
 * Shows a progress line below the running cell; the notebook runner shows it in the terminal.
 * Updates that follow each other too fast are passed over.
 */
export function progressLine(label: string): ProgressReport {
  const replace = publishUpdatable(bundle(label, "", 0));
  let last = 0;
  return {
    update(text, shareDone) {
      const now = Date.now();
      if (now - last < millisecondsBetweenUpdates) return;
      last = now;
      replace(bundle(label, text, shareDone));
    },
    finish: (text) => replace(bundle(label, text, undefined)),
  };
}

function bundle(label: string, text: string, shareDone: number | undefined) {
  const bar = shareDone === undefined ? "" : `<progress max="1" value="${shareDone}"></progress> `;
  return {
    data: {
      "text/plain": text === "" ? label : `${label}: ${text}`,
      "text/html": `<div>${bar}<b>${escapeHtml(label)}</b> ${escapeHtml(text)}</div>`,
    },
  };
}
