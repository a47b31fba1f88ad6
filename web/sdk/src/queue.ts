// Items wait here and become batches: the first about a second after the first item, then one every 12 to 14 s.

import { isRunning } from "./core";
import { withoutTyped } from "./privacy";
import { tell } from "./guard";
import { isKept } from "./storage";
import { next } from "./tab";
import { isStuck, send } from "./transport";
import type { Items } from "./wire";

const FIRST_MS = 1_000;
const PACE_MS = 12_000;
const JITTER_MS = 2_000;
const MAX_BATCH_REPLAY = 40_000; // characters; larger chunks go alone, so that the rest fits into a beacon
// Where texts of the page go; the other strings are our own words, or names that its developers gave.
const FREE_TEXT = /^(label|title|message|stack|url|referrer|screen|api)$/;
const MAX_WAITING = 2_000; // items of each kind
const MAX_WAITING_REPLAY = 20; // chunks

const none = (): Items => ({ events: [], latency: [], errors: [], replay: [] });
export let items = none();
let pace = FIRST_MS;
let isTimed = false;

function wake(): void {
  if (isTimed) return;
  isTimed = true;
  setTimeout(() => {
    isTimed = false;
    flush().catch(() => {});
  }, pace);
}

export function add<K extends keyof Items>(kind: K, item: Items[K][number]): void {
  if (!isRunning()) return;
  const list = items[kind] as unknown[];
  list.push(item);
  if (list.length > (kind === "replay" ? MAX_WAITING_REPLAY : MAX_WAITING)) {
    list.shift();
    next("seq"); // a hole in the numbers: the server says that something was lost
  }
  wake();
}

/** Everything, without waiting for anything: the page is left, or the session ends. */
export function takeAll(): Items[] {
  let room = MAX_BATCH_REPLAY;
  const { replay, ...others } = items;
  const first = none();
  const batches = [first];
  items = none();
  for (const kind in others)
    for (const item of others[kind as "events"]) {
      try {
        first[kind as "events"].push(withoutTyped(item, FREE_TEXT));
      } catch {} // what the page gave us cannot be written: the others can
    }
  for (const chunk of replay) {
    if ((room -= chunk.data.length) > 0) first.replay.push(chunk);
    else batches.push({ ...none(), replay: [chunk] });
  }
  return batches.filter((batch) => Object.values(batch).some((list) => list[0]));
}

/** Kept when all is handed to the network; while a batch waits for another attempt, or the visitor's consent, no new ones are made. */
export async function flush(): Promise<void> {
  if (isStuck || !isKept) return wake();
  await Promise.all(tell("prepare"));
  takeAll().forEach(send);
  pace = PACE_MS + Math.random() * JITTER_MS;
}
