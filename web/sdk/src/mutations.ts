// DOM mutations as answers. What changes by itself (clocks, tickers, carousels) is learnt and answers only at once.

import type { CaptureContext } from "./context";
import { now, quietly, type Stop } from "./guard";

const RESTLESS_CHANGES = 3; // own choice: a node that changed three times with nobody acting changes by itself
const APART_MS = 200; // changes closer together are one
const MAX_RECORDS = 50; // looked at per callback, to stay cheap in a storm

export interface Mutations {
  /** Look into these documents and shadow roots (again: no harm). */
  observe(roots: readonly Node[]): void;
  stop: Stop;
}

/** `isAwaited` says whether a click waits for an answer. */
export function watchMutations({ tell, isQuiet }: CaptureContext, isAwaited: () => boolean): Mutations {
  const changes = new WeakMap<Node, { count: number; last: number }>();

  const observer = new MutationObserver(
    quietly((records: MutationRecord[]) => {
      const at = now();
      const known = records.slice(0, MAX_RECORDS).map(({ target }) => {
        const change = changes.get(target) ?? { count: 0, last: -APART_MS };
        changes.set(target, change);
        return change;
      });
      const isRestless = known.every(({ count }) => count >= RESTLESS_CHANGES);
      if (isAwaited() || !isQuiet()) return tell("answer", "mutation", at, isRestless);
      for (const change of known) {
        if (at - change.last < APART_MS) continue;
        change.count++;
        change.last = at;
      }
    }),
  );
  return {
    observe: (roots) =>
      roots.forEach((root) =>
        observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true }),
      ),
    stop: () => observer.disconnect(),
  };
}
