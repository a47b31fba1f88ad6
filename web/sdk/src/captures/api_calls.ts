// fetch and XMLHttpRequest: route, status, time. Bodies, headers and query strings are never looked at.
// `latency_ms` of fetch ends with the response's headers, of XHR with its body.

import type { CaptureContext } from "../context";
import { all, now, quietly, type Stop, wrap } from "../guard";
import { apiOf } from "../route";

const STAY_MS = 10_000; // a page still here after that is not being left: a download, or the answer "stay"

/** Ends a call: HTTP status, 0 network failure, null unfinished. Only the first end counts. */
type End = (status: number | null) => void;
type Begin = (method: string, url: string) => End | undefined;

export function apiCalls({ addCall, isQuiet, on, options, tell }: CaptureContext): Stop {
  const pending = new Set<End>();
  const polls = new Set<string>(); // APIs that were called while nobody did anything
  let leavingAt = -STAY_MS;

  const begin: Begin = (method, url) => {
    const api = apiOf(method, url, options.routes);
    // Our own uploads use the native fetch; where that is a polyfill, they come by here.
    if (!api || url.startsWith(options.batchUrl)) return undefined;
    if (isQuiet()) polls.add(api);
    const at = Date.now();
    const began = now();
    const end = quietly((answer: number | null) => {
      if (!pending.delete(end)) return;
      const ended = now();
      // The browser cancels what is under way when the page is left, and calls it a network failure.
      const status = answer || ended - leavingAt > STAY_MS ? answer : null;
      addCall({ api, latency_ms: Math.round(ended - began), status, at });
      if (status !== null) tell("answer", "request", began, polls.has(api));
    });
    pending.add(end);
    return end;
  };

  on("leaving", () => void (leavingAt = now()));
  on("leave", () => pending.forEach((end) => end(null)));
  return all(wrapFetch(begin), wrapXhr(begin));
}

const wrapFetch = (begin: Begin): Stop =>
  wrap(window, "fetch", (native) =>
    function fetch(this: Window, ...args) {
      const [input, init] = args;
      const request = new Object(input) as Partial<Request>;
      const option = <K extends keyof Request & keyof RequestInit>(name: K) => init?.[name] ?? request[name];
      let end: End | undefined;
      // A call that is meant to outlive the page is waited for by nobody.
      quietly(() => (end = option("keepalive") ? undefined : begin(option("method") ?? "GET", request.url ?? "" + input)))();
      // The page gets the derived promise: with a side branch instead, its unhandled rejections would change.
      return native.apply(this, args).then(
        (response) => {
          end?.(response.status);
          return response;
        },
        (error: { name?: string } | null) => {
          // Given up by the page itself, or by its time limit.
          end?.(option("signal")?.aborted || /^(Abort|Timeout)E/.test(error?.name ?? "") ? null : 0);
          throw error;
        },
      );
    },
  );

/** How each request was opened, and what ends it. */
type Opened = [method: string, url: string, end?: End];

function wrapXhr(begin: Begin): Stop {
  const calls = new WeakMap<XMLHttpRequest, Opened>();
  const prototype = XMLHttpRequest.prototype as Record<"open" | "send", (...args: unknown[]) => void>;

  const opened = quietly((xhr: XMLHttpRequest, method: unknown, url: unknown) => {
    calls.get(xhr)?.[2]?.(null); // opening again gives up what was under way
    calls.set(xhr, ["" + method, "" + url]);
  });

  const sent = quietly((xhr: XMLHttpRequest) => {
    const call = calls.get(xhr)!;
    const end = (call[2] = begin(call[0], call[1]));
    if (!end) return;
    xhr.addEventListener("abort", () => end(null));
    xhr.addEventListener("timeout", () => end(null));
    xhr.addEventListener("loadend", () => end(xhr.status));
  });

  const before = (name: "open" | "send", note: (xhr: XMLHttpRequest, ...args: unknown[]) => void): Stop =>
    wrap(prototype, name, (native) => function (this: XMLHttpRequest, ...args) {
      note(this, ...args);
      return native.apply(this, args);
    });
  return all(before("open", opened), before("send", sent));
}
