// Items wait here and become batches: the first about a second after the first item, then one every 8 to 10 s.

import { later } from "./guard";
import type { Items } from "./wire";

const FIRST_MS = 1_000;
const PACE_MS = 8_000;
const JITTER_MS = 2_000;
const MAX_BATCH_REPLAY = 40_000; // characters; larger chunks go alone, so that the rest fits into a beacon
const MAX_WAITING = 2_000; // items of each kind
const MAX_WAITING_REPLAY = 20; // chunks

export interface Queue {
  add<K extends keyof Items>(kind: K, item: Items[K][number]): void;
  flush(): Promise<void>;
  /** Everything, without waiting for anything: the page is left, or the session ends. */
  takeAll(): Items[];
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

const none = (): Items => ({ events: [], latency: [], errors: [], replay: [] });
const isFilled = (items: Items): boolean => Object.values(items).some((list) => list.length);
const sizeOf = ({ replay }: Items): number => replay.reduce((sum, { data }) => sum + data.length, 0);

export function createQueue({ prepare, send, isStuck, onLoss }: QueueOptions): Queue {
  let items = none();
  let pace = FIRST_MS;
  let isTimed = false;

  function wake(): void {
    if (isTimed) return;
    isTimed = true;
    later(() => {
      isTimed = false;
      flush();
    }, pace);
  }

  function takeAll(): Items[] {
    const { replay } = items;
    const batches: Items[] = [];
    let batch: Items = { ...items, replay: [] };
    items = none();
    for (const chunk of replay) {
      if (isFilled(batch) && sizeOf(batch) + chunk.data.length > MAX_BATCH_REPLAY) {
        batches.push(batch);
        batch = none();
      }
      batch.replay.push(chunk);
    }
    batches.push(batch);
    return batches.filter(isFilled);
  }

  async function flush(): Promise<void> {
    if (isStuck()) return wake();
    await prepare();
    takeAll().forEach(send);
    pace = PACE_MS + Math.random() * JITTER_MS;
  }

  return {
    add(kind, item) {
      const list = items[kind] as unknown[];
      list.push(item);
      if (list.length > (kind === "replay" ? MAX_WAITING_REPLAY : MAX_WAITING)) {
        list.shift();
        onLoss();
      }
      wake();
    },
    flush,
    takeAll,
  };
}
