// Batches that the server has not confirmed yet, in localStorage: they outlive the page and are sent again.

import type { Store } from "./storage";

// localStorage holds about 5 million characters, most of them the site's: at most 1.5 million are ours.
export const MAX_KEPT = 10;
export const MAX_BODY = 150_000;
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
  return {
    put(id, body) {
      const others = keys().filter((key) => key !== PREFIX + id);
      if (body.length > MAX_BODY) return;
      while ((others.length >= MAX_KEPT || !store.set(PREFIX + id, body)) && others.length) store.remove(others.shift()!);
    },
    remove: (id) => store.remove(PREFIX + id),
    all: () => keys().map((key) => ({ id: key.slice(PREFIX.length), body: store.get(key)! })),
    clear: () => keys().forEach(store.remove),
  };
}
