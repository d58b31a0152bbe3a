/** Leave to keep a core busy; as many at once as there are slots. */
export interface Slots {
  /** Waits for a slot; who is urgent goes before all who are not. Gives it back by what it returns. */
  take(isUrgent: boolean): Promise<() => void>;
}

/** So many slots, each for one at a time, in the order in which they were asked for. */
export function slotsOf(count: number): Slots {
  let free = count;
  const [urgent, others]: (() => void)[][] = [[], []];
  function giveBack(): void {
    const next = urgent.shift() ?? others.shift();
    if (next === undefined) free += 1;
    else next();
  }
  return {
    async take(isUrgent) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => (isUrgent ? urgent : others).push(resolve));
      let isGiven = false;
      return () => {
        if (!isGiven) giveBack();
        isGiven = true;
      };
    },
  };
}
