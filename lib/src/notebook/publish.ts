import { randomUUID } from "node:crypto";

/** What is shown, in several forms; the front end takes the richest it can. */
export interface DisplayBundle {
  readonly data: { readonly [mimeType: string]: unknown };
  readonly metadata?: { readonly [name: string]: unknown };
}

interface JupyterMessage extends DisplayBundle {
  readonly metadata: { readonly [name: string]: unknown };
  readonly transient: { readonly display_id?: string };
}

type WriteDisplayData = (message: JupyterMessage, update: boolean) => void;

/**
 * tslab's way to the front end. Its public display sends one form at a time; a chart needs two in
 * one message. Null where no kernel runs, such as in a test.
 */
function writer(): WriteDisplayData | null {
  const jupyter: { lastWriteDisplayData: WriteDisplayData | null } = require("tslab/dist/jupyter");
  return jupyter.lastWriteDisplayData;
}

/** Shows a bundle below the running cell. Outside a kernel nothing happens. */
export function publish({ data, metadata = {} }: DisplayBundle): void {
  writer()?.({ data, metadata, transient: {} }, false);
}

/** Shows a bundle that can be replaced in place; what comes back replaces it. */
export function publishUpdatable(first: DisplayBundle): (next: DisplayBundle) => void {
  const transient = { display_id: randomUUID() };
  const send = ({ data, metadata = {} }: DisplayBundle, update: boolean) =>
    writer()?.({ data, metadata, transient }, update);
  send(first, false);
  return (next) => send(next, true);
}
