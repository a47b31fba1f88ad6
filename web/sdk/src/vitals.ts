// mien-vitals.js: LCP, INP, CLS, FCP and TTFB as the web-vitals library measures them, when the body of a `fetch` ended,
// and whether this session is one of those that are asked how it went.

import { onCLS, onFCP, onINP, onLCP, onTTFB, type Metric } from "web-vitals";
import { later, quietly, within } from "./guard";
import type { PartWindow, Shared } from "./parts";

const MAX_ENDED = 50; // calls whose body may still be on its way
const SAME_MS = 30; // the browser's own start of a call comes so soon after ours
const ASK_MS = 30_000; // long enough to have an opinion

/** `fetch` is answered with the headers. Where the body ends later, the call, which waits in the queue, gets its time. */
function followBodies({ on, signal }: Shared): void {
  const ended: [url: string, began: number, call: { latency_ms: number }][] = [];
  on("called", (url, began, call) => {
    ended.push([new URL(url, document.baseURI).href, began, call]);
    if (ended.length > MAX_ENDED) ended.shift();
  });
  const observer = new PerformanceObserver(
    quietly((list: PerformanceObserverEntryList) => {
      for (const { name, startTime, responseEnd } of list.getEntries() as PerformanceResourceTiming[]) {
        const known = ended.find(([url, began]) => url === name && Math.abs(startTime - began) < SAME_MS);
        if (known) known[2].latency_ms = Math.max(known[2].latency_ms, Math.round(responseEnd - known[1]));
      }
    }),
  );
  observer.observe({ type: "resource" });
  signal.addEventListener("abort", () => observer.disconnect());
}

function start(core: Shared): void {
  const report = quietly(({ name, value, rating }: Metric) =>
    // INP and CLS come while the page is being hidden: in time for the batch that is then sent.
    core.emit("web_vital", { name, value: +value.toFixed(4), rating }),
  );
  for (const watch of [onCLS, onFCP, onINP, onLCP, onTTFB]) watch(report);
  followBodies(core);
  const ask = core.loadPart;
  later(() => {
    const { enabled, random_rate = 0 } = core.config().feedback ?? {};
    if (enabled && Math.random() < random_rate) ask("feedback", "random", random_rate)();
  }, ASK_MS);
}

(window as PartWindow).__mien = (core) => within(core.signal, () => start(core));
