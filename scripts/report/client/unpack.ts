/** Reads what the page holds deflated in a script element (packedScript). */
export async function unpacked(id: string): Promise<string> {
  const base64 = document.getElementById(id)?.textContent ?? "";
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(inflated).text();
}
