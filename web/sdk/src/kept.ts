// Batches that the server has not confirmed yet, in localStorage: they outlive the page and are sent again.

import type { Store } from "./storage";

export const MAX_KEPT_CHARS = 1_500_000; // localStorage holds about 5 million characters, most of them the site's
const PREFIX = "batch:";

export interface Kept {
  put(id: string, body: string): void;
  remove(id: string): void;
  /** Oldest first. What has become too old is for the collector to drop, with its reason. */
  all(): { id: string; body: string }[];
  clear(): void;
}

/** Each batch has its own key, so that tabs never overwrite one another's. Ids are UUID v7: sorted is by age. */
export function createKept(store: Store): Kept {
  const keys = (): string[] => store.keys(PREFIX);
  const room = (): number => keys().reduce((chars, key) => chars - store.get(key)!.length, MAX_KEPT_CHARS);
  return {
    put(id, body) {
      const key = PREFIX + id;
      store.remove(key);
      const others = keys();
      while ((room() < body.length || !store.set(key, body)) && others.length) store.remove(others.shift()!);
    },
    remove: (id) => store.remove(PREFIX + id),
    all: () => keys().map((key) => ({ id: key.slice(PREFIX.length), body: store.get(key)! })),
    clear: () => keys().forEach(store.remove),
  };
}
