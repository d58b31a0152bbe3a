import { createHmac } from "node:crypto";

/** A message of the Jupyter protocol, version 5.3. */
export interface Message {
  readonly header: { readonly msg_id: string; readonly msg_type: string };
  readonly parent_header: { readonly msg_id?: string };
  readonly content: { readonly [name: string]: unknown };
}

const delimiter = "<IDS|MSG>";

/** A request as signed frames on the wire; what answers it will name its id. */
export function encodeRequest(id: string, type: string, content: object, key: string): string[] {
  const header = {
    msg_id: id,
    msg_type: type,
    session: "runner",
    username: "runner",
    date: new Date().toISOString(),
    version: "5.3",
  };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  return [delimiter, sign(parts, key), ...parts];
}

/** The message in frames from the wire, or null when its signature is not the kernel's. */
export function decodeMessage(frames: readonly Buffer[], key: string): Message | null {
  const texts = frames.map((frame) => frame.toString("utf8"));
  const start = texts.indexOf(delimiter);
  const [signature, header, parent, metadata, content] = texts.slice(start + 1);
  if (start < 0 || signature !== sign([header, parent, metadata, content], key)) return null;
  return {
    header: JSON.parse(header),
    parent_header: JSON.parse(parent),
    content: JSON.parse(content),
  };
}

function sign(parts: readonly string[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
