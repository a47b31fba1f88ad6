// Items wait here and become batches: the first about a second after the first item, then one every 8 to 10 s.

import { later, type Stop } from "./guard";
import type { Items } from "./wire";

const FIRST_MS = 1_000;
const PACE_MS = 8_000;
const JITTER_MS = 2_000;
const HURRY_MS = 1_200;
const MAX_BATCH_REPLAY = 700_000; // characters of replay data in one batch
const LEAVE_REPLAY = 25_000; // a larger chunk goes alone then, so that the rest fits into a beacon
const MAX_WAITING_ITEMS = 2_000; // of each kind
const MAX_WAITING_REPLAY = 3_000_000;

export interface Queue {
  add<K extends keyof Items>(kind: K, item: Items[K][number]): void;
  /** Something waits outside of the queue: make a batch at the usual pace, or (`hurry`) soon. */
  wake(hurry?: boolean): void;
  flush(): Promise<void>;
  /** Everything, without waiting for anything: the page is left, or the session ends. */
  takeAll(isLeaving?: boolean): Items[];
}

export interface QueueOptions {
  /** Gives what must be ready before a batch is made. */
  prepare(): Promise<unknown>;
  send(items: Items): void;
  /** While true nothing is sent: a batch already waits for another attempt. */
  isStuck(): boolean;
  /** Items were thrown away because too many waited. */
  onLoss(): void;
}

const sizeOf = (chunks: Items["replay"]): number => chunks.reduce((sum, { data }) => sum + data.length, 0);
const none = (): Items => ({ events: [], latency: [], errors: [], replay: [] });

export function createQueue({ prepare, send, isStuck, onLoss }: QueueOptions): Queue {
  let items = none();
  let pace = FIRST_MS;
  let cancel: Stop | undefined;
  let due = Infinity;

  function schedule(delayMs: number): void {
    const at = Date.now() + delayMs;
    if (due <= at) return;
    cancel?.();
    due = at;
    cancel = later(flush, delayMs);
  }

  function takeAll(isLeaving?: boolean): Items[] {
    const { replay, ...rest } = items;
    const batches: Items[] = [];
    let batch: Items = { ...rest, replay: [] };
    let isFilled = Object.values(rest).some((list) => list.length);
    cancel?.();
    due = Infinity;
    items = none();
    for (const chunk of replay) {
      if (isFilled && sizeOf([...batch.replay, chunk]) > (isLeaving ? LEAVE_REPLAY : MAX_BATCH_REPLAY)) {
        batches.push(batch);
        batch = none();
      }
      batch.replay.push(chunk);
      isFilled = true;
    }
    if (isFilled) batches.push(batch);
    return batches;
  }

  async function flush(): Promise<void> {
    due = Infinity;
    if (isStuck()) return wake();
    await prepare();
    takeAll().forEach(send);
    pace = PACE_MS;
  }

  function wake(hurry?: boolean): void {
    schedule(hurry ? HURRY_MS : pace + (pace > FIRST_MS ? Math.random() * JITTER_MS : 0));
  }

  return {
    add(kind, item) {
      const list = items[kind] as unknown[];
      list.push(item);
      if (list.length > MAX_WAITING_ITEMS || sizeOf(items.replay) > MAX_WAITING_REPLAY) {
        (items.replay.length ? items.replay : list).shift(); // replay is the first to go
        onLoss();
      }
      wake();
    },
    wake,
    flush,
    takeAll,
  };
}
