/** Events to come, the earliest first; of the same time, the one that was added first. */
export interface EventQueue<T> {
  add(time: number, event: T): void;
  /** Takes the earliest; null when there is none. */
  next(): { readonly time: number; readonly event: T } | null;
}

/** A binary heap: adding and taking grow with the logarithm of what it holds. */
export function eventQueue<T>(): EventQueue<T> {
  const heap: { readonly time: number; readonly order: number; readonly event: T }[] = [];
  let added = 0;
  const isBefore = (one: number, other: number) =>
    heap[one].time < heap[other].time ||
    (heap[one].time === heap[other].time && heap[one].order < heap[other].order);
  const swap = (one: number, other: number) => {
    [heap[one], heap[other]] = [heap[other], heap[one]];
  };
  return {
    add(time, event) {
      heap.push({ time, order: added++, event });
      for (let at = heap.length - 1; at > 0; ) {
        const above = (at - 1) >> 1;
        if (!isBefore(at, above)) break;
        swap(at, above);
        at = above;
      }
    },
    next() {
      if (heap.length === 0) return null;
      swap(0, heap.length - 1);
      const first = heap.pop() ?? null;
      for (let at = 0; ; ) {
        const below = [2 * at + 1, 2 * at + 2].filter((each) => each < heap.length);
        const least = below.reduce((one, other) => (isBefore(other, one) ? other : one), at);
        if (least === at) break;
        swap(at, least);
        at = least;
      }
      return first;
    },
  };
}
