// The SDK's modules hold the state of one page. Each test gets fresh ones, as each page does.

import { vi } from "vitest";
import type { Settings } from "../src/options";
import type { Items, WireEvent } from "../src/wire";

export const event = (type: string): WireEvent => ({ type, at: 1, screen: "/", metadata: {} });
export const items = (parts: Partial<Items> = {}): Items => ({ events: [event("a")], latency: [], errors: [], replay: [], ...parts });

/** What was registered and not taken away, by type. Handlers can be called with events that jsdom cannot make. */
export function watchListeners(): (type: string, event?: object, phase?: boolean) => void {
  const all: [type: string, handler: (event: unknown) => void, options: AddEventListenerOptions][] = [];
  for (const target of [window, document]) {
    vi.spyOn(target, "addEventListener").mockImplementation((type: string, handler: unknown, options: unknown) => {
      all.push([type, handler as () => void, options as AddEventListenerOptions]);
    });
  }
  const live = () => all.filter(([, , { signal }]) => !signal?.aborted);
  /** `isCapture`: only the handlers of that phase. */
  function fire(type: string, parts: object = {}, isCapture?: boolean): void {
    const event = { type, timeStamp: performance.now(), composedPath: () => [(parts as { target?: EventTarget }).target ?? document.body], ...parts };
    for (const [of, handler, options] of live()) {
      if (of === type && (isCapture === undefined || !!options.capture === isCapture)) handler(event);
    }
  }
  return Object.assign(fire, { live });
}

/** A page with these captures only; what they add is in the result instead of on the wire. */
export async function pageWith(captures: string[], given: Settings = {}) {
  vi.resetModules();
  const added: Items = { events: [], latency: [], errors: [], replay: [] };
  vi.doMock("../src/queue", () => ({
    add: (kind: keyof Items, item: never) => void (added[kind] as unknown[]).push(item),
    items: added,
    takeAll: () => [],
    flush: async () => {},
  }));
  vi.stubGlobal("fetch", vi.fn(() => new Promise(() => {})));
  const core = await import("../src/core");
  const guard = await import("../src/guard");
  const { CAPTURES } = await import("../src/captures");
  const { setOptions } = await import("../src/options");
  const off = Object.keys(CAPTURES).filter((name) => !captures.includes(name));
  setOptions({ key: "mk_test", off: off.join(), ...given }, "https://mien.test/mien.js");
  core.start();
  return { ...core, ...guard, ...added };
}
