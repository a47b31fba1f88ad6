// DOM mutations as answers. What changes by itself (clocks, tickers, carousels) is learnt and answers only at once.

import { isQuiet } from "./core";
import { now, quietly, signal, tell } from "./guard";

const RESTLESS_CHANGES = 3; // own choice: a node that changed three times with nobody acting changes by itself
const APART_MS = 200; // changes closer together are one
const MAX_RECORDS = 50; // looked at per callback, to stay cheap in a storm

/** `isAwaited` says whether a click waits for an answer. Returns what begins to look into documents and shadow roots. */
export function watchMutations(isAwaited: () => unknown): (root: Node) => void {
  const changes = new WeakMap<Node, [count: number, last: number]>();

  const observer = new MutationObserver(
    quietly((records: MutationRecord[]) => {
      const at = now();
      const known = records.slice(0, MAX_RECORDS).map(({ target }) => {
        const change = changes.get(target) ?? [0, -APART_MS];
        changes.set(target, change);
        return change;
      });
      if (isAwaited() || !isQuiet()) return tell("answer", "mutation", at, known.every(([count]) => count >= RESTLESS_CHANGES));
      for (const change of known) {
        if (at - change[1] < APART_MS) continue;
        change[0]++;
        change[1] = at;
      }
      return undefined;
    }),
  );
  signal.addEventListener("abort", () => observer.disconnect());
  return (root) => observer.observe(root, { childList: true, subtree: true, attributes: true, characterData: true });
}
