// DOM mutations as answers. What changes by itself (clocks, tickers, carousels) is told apart by when it changes.

import { isQuiet } from "./core";
import { now, quietly, signal, tell } from "./guard";

const CHANGES = 3; // own choice: what changed so often with nobody acting changes by itself
const APART_MS = 200; // changes closer together are one
const UNEVEN = 0.25; // and so does what changed before a click and goes on at the same pace, to a quarter of it
const MAX_RECORDS = 50; // looked at per callback, to stay cheap in a storm
const MAX_TIMES = 20;

interface Change {
  /** How often it changed while nobody did anything. */
  own: number;
  /** When it changed, the last time first. */
  times: number[];
}

/**
 * `waiting`: how many clicks wait for an answer, -1 while the page is just being told of one: what it then changes does not
 * change by itself. Returns what begins to look into documents and shadow roots.
 */
export function watchMutations(waiting: () => number): (root: Node) => void {
  const changes = new WeakMap<Node, Change>();

  const observer = new MutationObserver(
    quietly((records: MutationRecord[]) => {
      const at = now();
      const clicks = waiting();
      const known = records.slice(0, MAX_RECORDS).map(({ target }) => {
        const change = changes.get(target) ?? { own: 0, times: [] };
        changes.set(target, change);
        if (clicks >= 0 && at - (change.times[0] ?? 0) > APART_MS) {
          if (isQuiet() && !clicks) change.own++;
          change.times = [at, ...change.times.slice(0, MAX_TIMES)];
        }
        return change;
      });
      tell("answer", "mutation", at, (downAt) =>
        known.every(({ own, times }) => {
          const before = times.findIndex((time) => time < downAt);
          // Not a number, and so not even, where there were no three changes.
          const pace = times[before - 1]! - times[before]!;
          return own >= CHANGES || Math.abs(times[before - 2]! - times[before - 1]! - pace) < pace * UNEVEN;
        }),
      );
    }),
  );
  signal.addEventListener("abort", () => observer.disconnect());
  return (root) => observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
}
