/**
 * A worker that runs a script given as text: browsers load no worker's file for a page that was opened
 * from a disk, but take one that the page has made.
 */
export function scriptWorker(script: string): Worker {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url);
  // The worker has fetched it once it says anything, and a page starts few.
  worker.addEventListener("message", () => URL.revokeObjectURL(url), { once: true });
  return worker;
}
