/** Least time between two changes of the address, in ms: browsers refuse more than some a second. */
const APART = 300;

/** Puts hashes into the address bar without a step of history: the last one of a drag, not each. */
export function addressBar(): (hash: string) => void {
  let wanted: string | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const put = () => {
    pause = undefined;
    if (wanted !== null) history.replaceState(null, "", wanted);
    wanted = null;
  };
  addEventListener("pagehide", put);
  // Whoever follows a link wants that one.
  addEventListener("hashchange", () => {
    wanted = null;
  });
  return (hash) => {
    wanted = hash;
    if (pause === undefined) pause = setTimeout(put, APART);
  };
}
