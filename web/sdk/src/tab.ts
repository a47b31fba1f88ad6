// The tab: its id and its counters survive reloads and are never shared. While a page of the tab lives, they are in its
// memory only: a duplicate of the tab, which starts with a copy of sessionStorage, finds nothing and is another tab.

import { uuid } from "./ids";
import { isKept, open, readJson, write, type Area } from "./storage";

interface TabRecord {
  id: string;
  /** Of batches, replay chunks and events; each number once, from 0. */
  seq: number;
  chunk: number;
  event: number;
}

const KEY = "mien:tab";
let area: Area = {};
const fresh = (): TabRecord => ({ id: uuid(), seq: 0, chunk: 0, event: 0 });
export let tab = fresh();

/**
 * At the start of a page. One that the back/forward cache brings back is another tab (`isBack`): those after it have counted
 * on, in processes of their own, and what the store holds may be older than that.
 */
export function openTab(isBack?: boolean): void {
  // A frame is a tab of its own: it shares the store with the page around it, and would take that one's record.
  if (isKept && self === top) area = open(() => sessionStorage);
  tab = isBack ? fresh() : ((readJson<TabRecord>(area, KEY) as TabRecord | null) ?? tab);
  delete area[KEY];
}

export const closeTab = (): void => write(area, KEY, JSON.stringify(tab));

/** The next number of a counter. */
export const next = (counter: "seq" | "chunk" | "event"): number => tab[counter]++;
