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
export let tab: TabRecord = { id: uuid(), seq: 0, chunk: 0, event: 0 };

/** At the start of a page, and when the back/forward cache brings it back: another may have counted on meanwhile. */
export function openTab(): void {
  if (isKept) area = open(() => sessionStorage);
  tab = (readJson<TabRecord>(area, KEY) as TabRecord | null) ?? tab;
  delete area[KEY];
}

export const closeTab = (): void => write(area, KEY, JSON.stringify(tab));

/** The next number of a counter. */
export const next = (counter: "seq" | "chunk" | "event"): number => tab[counter]++;
