// mien-vitals.js: LCP, INP, CLS, FCP and TTFB as the web-vitals library measures them, when the body of a `fetch` ended,
// and whether this session is one of those that are asked how it went.

import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from "web-vitals";
import { later, listen, now, quietly, within } from "./guard";
import type { PartWindow, Shared } from "./parts";
import type { WireCall } from "./wire";

const MAX_BODY_MS = 10_000; // a body that takes longer is a stream: nobody waits for its end
const SAME_MS = 30; // the browser's own start of a call comes so soon after ours
const ASK_MS = 30_000; // long enough to have an opinion
const ANSWER_MS = 3_100; // a click waits for its answer for 3 s
const POLL_MS = 400;

/** `fetch` is answered with the headers: a call that went well is held until the browser says when its body ended. */
function followBodies(core: Shared): void {
  const held = new Set<[url: string, began: number, call: WireCall]>();
  type Held = typeof held extends Set<infer Item> ? Item : never;

  function release(item: Held): void {
    if (held.delete(item)) core.add("latency", item[2]);
  }

  core.on("called", (url, began, call) => {
    if (!call.status || !core.isLive()) return false;
    const item: Held = [new URL(url, document.baseURI).href, began, call];
    held.add(item);
    later(() => release(item), MAX_BODY_MS);
    return true;
  });
  core.on("leave", () => held.forEach(release));
  core.on("end", () => held.forEach(release));
  const observer = new PerformanceObserver(
    quietly((list: PerformanceObserverEntryList) => {
      for (const { name, startTime, responseStart, responseEnd } of list.getEntries() as PerformanceResourceTiming[]) {
        const item = [...held].find(([url, began]) => url === name && Math.abs(startTime - began) < SAME_MS);
        if (!item) continue;
        item[2].latency_ms = Math.max(item[2].latency_ms, Math.round(responseEnd - item[1]));
        // 0: another origin that does not tell.
        if (responseStart) item[2].ttfb_ms = Math.round(responseStart - startTime);
        release(item);
      }
    }),
  );
  observer.observe({ type: "resource" });
  core.signal.addEventListener("abort", () => observer.disconnect());
}

/** FCP and TTFB at once; what may still change as it is when the page is hidden or left, in the batch that is then sent. */
function followVitals(core: Shared): void {
  let changed: Record<string, Metric> = {};
  const tell = quietly(({ name, value, rating }: Metric) => core.emit("web_vital", { name, value: +value.toFixed(4), rating }));
  const note = quietly((metric: Metric) => void (changed[metric.name] = metric));
  for (const watch of [onFCP, onTTFB]) watch(tell);
  for (const watch of [onCLS, onINP, onLCP]) watch(note, { reportAllChanges: true });
  core.on("leave", () => {
    Object.values(changed).forEach(tell);
    changed = {};
  });
}

/**
 * What looks whether an error has left a blank page is loaded when there is one. A frame may be empty on purpose. Our own script in
 * the page would be an answer to a click that waits, as to the one that threw: it comes when none does.
 */
function watchForCrash(core: Shared): void {
  const errorAt: number[] = [];
  const load = core.loadPart("crash", errorAt);
  let clickAt = now();
  const loadSoon = (): unknown => later(() => (now() - clickAt > ANSWER_MS ? load() : loadSoon()), POLL_MS);
  listen("click", (_, at) => (clickAt = at));
  listen("error unhandledrejection", (_, at, target) => {
    if (self !== top || errorAt[0] || target.localName) return; // a picture that did not load breaks no page
    errorAt.push(at);
    loadSoon();
  });
}

function start(core: Shared): void {
  followVitals(core);
  followBodies(core);
  watchForCrash(core);
  const ask = core.loadPart;
  later(() => {
    const { enabled, random_rate = 0 } = core.config().feedback ?? {};
    if (enabled && Math.random() < random_rate) ask("feedback", "random", random_rate)();
  }, ASK_MS);
}

(window as PartWindow).__mien = (core) => within(core.signal, () => start(core));
