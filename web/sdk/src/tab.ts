// The tab: its id and its counters live in sessionStorage, so that they survive reloads and are never shared.

import { uuid } from "./ids";
import { readJson, type Store } from "./storage";

interface TabRecord {
  id: string;
  /** Of batches, replay chunks and events; each number once, from 0. */
  seq: number;
  chunk: number;
  event: number;
  /** True while a page of this tab is alive. A fresh page that finds `true` is a duplicate of a living tab. */
  open: boolean;
}

export interface Tab {
  id(): string;
  /** The next number; "seq" saves all three. */
  next(counter: "seq" | "chunk" | "event"): number;
  close(): void;
  /** After the back/forward cache brought this page back, other pages of the tab may have counted on. */
  reopen(): void;
}

export function openTab(store: Store): Tab {
  let tab: TabRecord = { id: uuid(), seq: 0, chunk: 0, event: 0, open: true };

  function save(open: boolean): void {
    tab.open = open;
    store.set("tab", JSON.stringify(tab));
  }

  function adopt(isOurs: (stored: Partial<TabRecord>) => unknown): void {
    const stored = readJson<TabRecord>(store, "tab");
    if (stored?.id && isOurs(stored)) tab = stored as TabRecord;
    save(true);
  }

  adopt((stored) => !stored.open);
  return {
    id: () => tab.id,
    next(counter) {
      const number = tab[counter]++;
      if (counter === "seq") save(true);
      return number;
    },
    close: () => save(false),
    reopen: () => adopt((stored) => stored.id === tab.id),
  };
}
