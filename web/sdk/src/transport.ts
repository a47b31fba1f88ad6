// Batches to the collector: one at a time, again after failures, kept until the server said 200.

import { gzip } from "./gzip";
import { later } from "./guard";
import type { Kept } from "./kept";
import type { Batch } from "./wire";

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 300_000;
const KEEPALIVE_MAX = 15_000; // bytes; leaves room for the beacon in the browser's shared 64 kB

interface Entry {
  id: string;
  body: string;
  /** It was tried before, here or on another page. */
  isRepeat?: boolean;
}

export interface Transport {
  send(batch: Batch): void;
  /** The page is hidden or (`isUnloading`) left: all is sent, and kept in case that it does not arrive. */
  leave(batches: Batch[], isUnloading: boolean): void;
  /** Send what earlier pages could not. */
  resendKept(): void;
  /** True while a batch waits for another attempt: making more of them would help nobody. */
  isStuck(): boolean;
  /** Throw away what waits here. */
  clear(): void;
}

export interface TransportOptions {
  url: string;
  fetch: typeof fetch;
  kept: Kept;
  /** The server wants nothing more from this page (401, 403). */
  onRefused(): void;
}

export function createTransport({ url, fetch, kept, onRefused }: TransportOptions): Transport {
  let outbox: Entry[] = [];
  let failures = 0;
  let isWorking = false;
  let isStuck = false;

  /** Undefined when the entry is settled, else the ms to wait at least before the next attempt. */
  async function post(entry: Entry): Promise<number | undefined> {
    // The body holds the time of the first attempt; later ones state theirs beside it.
    const address = entry.isRepeat ? `${url}?t=${Date.now()}` : url;
    entry.isRepeat = true;
    const body = (await gzip(entry.body)) ?? entry.body;
    const response = await fetch(address, {
      method: "POST",
      body,
      headers: { "content-type": "text/plain" }, // no preflight
      credentials: "omit",
      referrerPolicy: "origin",
      keepalive: body.length < KEEPALIVE_MAX,
    }).catch(() => undefined);
    const status = response?.status ?? 500;
    // 408, 425 and 429 ask for another attempt, as all 5xx do.
    if (status < 500 && !/408|425|429/.test("" + status)) {
      settle(entry, status);
      return undefined;
    }
    if (outbox.includes(entry)) kept.put(entry.id, entry.body);
    return Number(response?.headers.get("retry-after")) * 1_000 || 0;
  }

  function settle({ id }: Entry, status: number): void {
    failures = 0;
    kept.remove(id);
    outbox = outbox.filter((other) => other.id !== id);
    if (status === 401) kept.clear();
    if (status === 401 || status === 403) onRefused();
  }

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (outbox[0]) {
      const waitMs = await post(outbox[0]);
      if (waitMs === undefined) continue;
      const backoff = FIRST_RETRY_MS * 2 ** failures++ * (0.5 + Math.random());
      isStuck = true;
      await new Promise<void>((resolve) => later(resolve, Math.min(MAX_RETRY_MS, Math.max(backoff, waitMs))));
      isStuck = false;
    }
    isWorking = false;
  }

  function send(batch: Batch): void {
    outbox.push(entryOf(batch));
    work();
  }

  return {
    send,
    leave(batches, isUnloading) {
      const fresh = batches.map(entryOf);
      // What is under way may be cut off: all stays in the store until its 200 is seen.
      for (const { id, body } of [...outbox, ...fresh]) kept.put(id, body);
      // Of a page that unloads nobody would see the answer; a beacon that is too large is refused.
      outbox.push(...fresh.filter(({ body }) => !(isUnloading && navigator.sendBeacon(url, body))));
      work();
    },
    resendKept() {
      const fresh = kept.all().filter((entry) => !outbox.some(({ id }) => id === entry.id));
      outbox.push(...fresh.map((entry) => ({ ...entry, isRepeat: true })));
      work();
    },
    isStuck: () => isStuck,
    clear: () => void (outbox = []),
  };
}

const entryOf = (batch: Batch): Entry => ({ id: batch.batch_id, body: JSON.stringify(batch) });
