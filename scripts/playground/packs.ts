import { bytesOfBase64 } from "./base64";

/** A pack that lies beside the page, as packs/index.js lists it. */
export interface ListedPack {
  readonly id: string;
  readonly title: string;
  readonly kind: "real" | "synthetic";
  /** Bytes of its file. */
  readonly bytes: number;
}

/** What the scripts in packs/ call and leave in a page. */
interface PackPage {
  playgroundPacks?: readonly ListedPack[];
  playgroundPack?: (id: string, pieces: readonly string[]) => void;
}

const page = globalThis as PackPage;
const handedOver = new Map<string, readonly string[]>();

page.playgroundPack = (id, pieces) => handedOver.set(id, pieces);

/** The packs that lie beside the page, in the order in which they were asked for. */
export function packList(): readonly ListedPack[] {
  return page.playgroundPacks ?? [];
}

/**
 * The bytes of a pack, as the worker takes them: its script is loaded, since a page that was opened from
 * a disk may load nothing else.
 */
export async function loadPack(id: string): Promise<ArrayBuffer> {
  const file = `packs/${id}.js`;
  const loaded = await loadScript(file);
  const pieces = handedOver.get(id);
  handedOver.delete(id);
  if (!loaded) throw badScript(file, "cannot be loaded");
  if (pieces === undefined) throw badScript(file, "is damaged or cut short");
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (const piece of pieces) {
    try {
      parts.push(bytesOfBase64(piece));
    } catch {
      throw badScript(file, "is damaged");
    }
    // The page goes on in between.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return new Blob(parts).arrayBuffer();
}

function badScript(file: string, found: string): Error {
  return new Error(
    `${file} ${found}. Copy the playground's folder again, or build it anew by npm run playground.`,
  );
}

/** Whether a script beside the page was there; one that is damaged is. */
function loadScript(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const script = document.createElement("script");
    const end = (isThere: boolean) => {
      script.remove();
      resolve(isThere);
    };
    script.onload = () => end(true);
    script.onerror = () => end(false);
    script.src = file;
    document.head.append(script);
  });
}
