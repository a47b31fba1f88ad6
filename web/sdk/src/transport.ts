// Batches to the collector: one at a time, again after failures, kept until the server said 200.

import { gzip } from "./gzip";
import { later, type Stop } from "./guard";
import { uuid } from "./ids";
import type { Kept } from "./kept";
import type { Batch } from "./wire";

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 300_000;
const GZIP_FROM = 1_024; // characters; smaller bodies gain nothing
const KEEPALIVE_MAX = 15_000; // bytes; leaves room for the beacon in the browser's shared 64 kB
const LEAVE_BUDGET = 60_000; // bytes handed to the browser when the page is left; 65,536 is its limit

interface Entry {
  id: string;
  body: string;
  attempts: number;
}

export interface Transport {
  send(batch: Batch): void;
  /** The page is hidden or (`isUnloading`) left: everything goes out now, and is kept in case it does not arrive. */
  leave(batches: Batch[], isUnloading: boolean): void;
  /** Send what earlier pages could not. */
  resendKept(): void;
  /** True while a batch waits for another attempt: making more of them would help nobody. */
  isStuck(): boolean;
  /** Resolves when everything was tried once. */
  idle(): Promise<void>;
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
  let working: Promise<void> | undefined;
  let failures = 0;
  let retry: Stop | undefined;

  /** Undefined when the entry is settled, else the ms to wait at least before the next attempt. */
  async function post(entry: Entry, leaveWith?: { keepalive: boolean }): Promise<number | undefined> {
    // The body holds the time of the first attempt; later ones state theirs beside it.
    const address = entry.attempts++ ? `${url}?t=${Date.now()}` : url;
    try {
      // Compressing takes a moment that a page which is being left does not have.
      const body = (!leaveWith && entry.body.length > GZIP_FROM && (await gzip(entry.body))) || entry.body;
      const { status, headers } = await fetch(address, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" }, // no preflight
        credentials: "omit",
        referrerPolicy: "origin",
        keepalive: body.length <= KEEPALIVE_MAX,
        ...leaveWith,
      });
      // 408, 425 and 429 ask for another attempt, as all 5xx do.
      if (status >= 500 || /408|425|429/.test("" + status)) return Number(headers.get("retry-after")) * 1_000 || 0;
      settle(entry, status);
      return undefined;
    } catch {
      return 0;
    } finally {
      // A page that is left has stored it before.
      if (!leaveWith && outbox.includes(entry)) kept.put(entry.id, entry.body);
    }
  }

  function settle(entry: Entry, status: number): void {
    failures = 0;
    kept.remove(entry.id);
    outbox = outbox.filter((other) => other !== entry);
    if (status === 413) {
      // Too large: the facts go without the replay, which is the large part of any batch.
      const batch = JSON.parse(entry.body) as Batch;
      if (batch.replay.length) send({ ...batch, replay: [], batch_id: uuid() });
    }
    if (status === 401) kept.clear();
    if (status === 401 || status === 403) {
      clear();
      onRefused();
    }
  }

  async function work(): Promise<void> {
    let entry;
    while ((entry = outbox[0])) {
      const waitMs = await post(entry);
      if (waitMs === undefined) continue;
      const backoff = FIRST_RETRY_MS * 2 ** failures++ * (0.5 + Math.random());
      retry = later(() => {
        retry = undefined;
        wake();
      }, Math.min(MAX_RETRY_MS, Math.max(backoff, waitMs)));
      return;
    }
  }

  function wake(): void {
    if (retry || working) return;
    working = work().finally(() => (working = undefined));
  }

  function send(batch: Batch): void {
    outbox.push(entryOf(batch));
    wake();
  }

  function leave(batches: Batch[], isUnloading: boolean): void {
    let room = LEAVE_BUDGET;
    const fresh = batches.map(entryOf);
    // What is under way may be cut off: all stays in the store until its 200 is seen.
    for (const { id, body } of [...outbox, ...fresh]) kept.put(id, body);
    for (const entry of fresh) {
      const size = new Blob([entry.body]).size;
      const keepalive = size <= room;
      if (keepalive) room -= size;
      // A hidden page may live on and see the answer; of one that unloads nobody would.
      if (isUnloading && keepalive && navigator.sendBeacon?.(url, entry.body)) continue;
      post(entry, { keepalive }).then((waitMs) => {
        if (waitMs === undefined) return;
        outbox.push(entry);
        wake();
      });
    }
  }

  function clear(): void {
    retry?.();
    retry = undefined;
    outbox = [];
  }

  return {
    send,
    leave,
    resendKept() {
      for (const { id, body } of kept.all()) {
        if (!outbox.some((known) => known.id === id)) outbox.push({ id, body, attempts: 1 });
      }
      wake();
    },
    isStuck: () => !!retry,
    async idle() {
      while (working) await working;
    },
    clear,
  };
}

const entryOf = (batch: Batch): Entry => ({ id: batch.batch_id, body: JSON.stringify(batch), attempts: 0 });
