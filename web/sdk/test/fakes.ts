// A context that keeps what a capture gives it, and a store in memory.

import { createBus } from "../src/bus";
import type { CaptureContext } from "../src/context";
import { openStore, type Store } from "../src/storage";
import type { Batch, Items, WireEvent } from "../src/wire";

export function memoryStore(): Store {
  return openStore(() => {
    throw new Error("no storage here");
  });
}

export interface Kept extends Items {
  context: CaptureContext;
}

export function fakeContext(parts: Partial<CaptureContext> = {}): Kept {
  const items: Items = { events: [], latency: [], errors: [], replay: [] };
  const counters = { event: 0, chunk: 0 };
  let screen = "/";
  const context: CaptureContext = {
    ...createBus(),
    options: {
      key: "mk_test", batchUrl: "https://mien.test/v1/batch", replayUrl: "https://mien.test/mien-replay.js", nonce: "",
      staff: undefined, ignoresRefusal: false, appVersion: undefined, routes: [], off: [],
    },
    emit(type, metadata, place) {
      const event: WireEvent = { type, at: Date.now(), screen, ...place, metadata };
      items.events.push(event);
      return event;
    },
    next: (counter) => counters[counter]++,
    addCall: (call) => items.latency.push(call),
    addError: (error) => items.errors.push({ screen, ...error }),
    addReplay: (chunk) => items.replay.push(chunk),
    screen: () => screen,
    setScreen: (name) => void (screen = name),
    isLive: () => true,
    isQuiet: () => false,
    ...parts,
  };
  return { ...items, context };
}

export function batch(id: string, parts: Partial<Batch> = {}): Batch {
  return {
    write_key: "mk_test", batch_id: id, sent_at: 1, tab: "t", seq: 0,
    session: { session_id: "s", device_id: "d", started_at: 1, screen_resolution: "1x1", user: {} },
    events: [], latency: [], errors: [], replay: [], ...parts,
  };
}
