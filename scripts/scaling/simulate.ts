import { eventQueue } from "./event-queue";

/** A group of jobs as far as its run is simulated. */
export interface SimulatedGroup {
  readonly name: string;
  /** Names of the groups that must be done before. */
  readonly needs: readonly string[];
  /** Work of its jobs on one core. */
  readonly seconds: number;
  /** Results that it leaves in the store. */
  readonly results: number;
}

/** What a run costs beside its work, in seconds. */
export interface Overheads {
  /** From the start of Snakemake until it hands over the first group. */
  readonly plan: number;
  /** Snakemake's own time a group, to hand it over, ask how it stands and take it back: one by one. */
  readonly handle: number;
  /** From handing a group over until Slurm would start it on a free core. */
  readonly dispatch: number;
  /** On its core: the group's own Snakemake, Node and library, until the first job begins. */
  readonly start: number;
  /** Between two rounds in which Snakemake asks how groups stand. */
  readonly poll: number;
  /** To write one result into the store that all share: one by one. */
  readonly write: number;
  /** Groups that are handed over and not yet taken back, at most. */
  readonly most: number;
}

/** How a simulated run went. */
export interface SimulatedRun {
  /** From its start to its end. */
  readonly seconds: number;
  /** Seconds that the work alone would take if all cores did nothing else and none waited. */
  readonly ideal: number;
  /** Shares of the time in which these were at work, 0 to 1. */
  readonly cores: number;
  readonly snakemake: number;
  readonly store: number;
  /** Share of the time in which cores were free and groups ready, but as many handed over as are allowed. */
  readonly full: number;
}

type Event = { readonly kind: "queued" | "ended" | "noticed"; readonly group: SimulatedGroup };

/**
 * Runs groups on cores, event by event: Snakemake hands over one group after another, Slurm starts each
 * on the first free core, results go one after another through the store, and Snakemake notices at its
 * next round that a group has ended.
 *
 * @param groups with those that a group needs before it
 */
export function simulate(
  groups: readonly SimulatedGroup[],
  cores: number,
  overheads: Overheads,
): SimulatedRun {
  const { plan, handle, dispatch, start, poll, write, most } = overheads;
  const waitsFor = new Map(groups.map(({ name, needs }) => [name, needs.length]));
  const after = followers(groups);
  const events = eventQueue<Event>();
  const ready = groups.filter(({ needs }) => needs.length === 0);
  const queued: SimulatedGroup[] = [];
  const at = { ready: 0, queued: 0 };
  // Snakemake and the store do one thing at a time, and are free again at:
  let [snakemakeFree, storeFree] = [plan, 0];
  let [free, active, now] = [cores, 0, plan];
  let [coreSeconds, storeSeconds, fullSeconds] = [0, 0, 0];

  const handOver = () => {
    while (at.ready < ready.length && active < most) {
      active++;
      snakemakeFree = Math.max(snakemakeFree, now) + handle;
      events.add(snakemakeFree + dispatch, { kind: "queued", group: ready[at.ready++] });
    }
  };
  const startOnCores = () => {
    for (; free > 0 && at.queued < queued.length; free--) {
      const group = queued[at.queued++];
      const computed = now + start + group.seconds;
      const writing = group.results * write;
      storeFree = Math.max(storeFree, now + start) + writing;
      const end = Math.max(computed, storeFree);
      storeSeconds += writing;
      coreSeconds += end - now;
      events.add(end, { kind: "ended", group });
    }
  };

  handOver();
  for (let next = events.next(); next !== null; next = events.next()) {
    if (free > 0 && active >= most && at.ready < ready.length) fullSeconds += next.time - now;
    now = next.time;
    const { kind, group } = next.event;
    if (kind === "queued") queued.push(group);
    else if (kind === "ended") {
      free++;
      // On the average half a round goes by.
      events.add(now + poll / 2, { kind: "noticed", group });
    } else {
      active--;
      for (const each of after.get(group.name) ?? []) {
        const left = (waitsFor.get(each.name) ?? 0) - 1;
        waitsFor.set(each.name, left);
        if (left === 0) ready.push(each);
      }
      handOver();
    }
    startOnCores();
  }
  const work = groups.reduce((sum, { seconds }) => sum + seconds, 0);
  return {
    seconds: now,
    ideal: work / cores,
    cores: coreSeconds / (cores * now),
    snakemake: (plan + groups.length * handle) / now,
    store: storeSeconds / now,
    full: fullSeconds / now,
  };
}

function followers(groups: readonly SimulatedGroup[]): Map<string, SimulatedGroup[]> {
  const after = new Map<string, SimulatedGroup[]>(groups.map(({ name }) => [name, []]));
  for (const group of groups) for (const need of group.needs) after.get(need)?.push(group);
  return after;
}
