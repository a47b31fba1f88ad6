// fetch and XMLHttpRequest: route, status, time. Bodies, headers and query strings are never looked at.
// `latency_ms` of fetch ends with the response's headers, of XHR with its body.

import type { CaptureContext } from "../context";
import { all, quietly, wrap, type Stop } from "../guard";
import { apiOf } from "../route";

const STAY_MS = 10_000; // a page still here after that is not being left: a download, or the answer "stay"

/** Ends a call: HTTP status, 0 network failure, null unfinished. Only the first end counts. */
type End = (status: number | null) => void;
type Begin = (method: string, url: string, isKeptAlive?: boolean) => End | undefined;

export function apiCalls({ addCall, isOwnRequest, isQuiet, on, options, tell }: CaptureContext): Stop {
  const pending = new Set<End>();
  const polls = new Set<string>(); // APIs that were called while nobody did anything
  let leavingAt = -STAY_MS;

  /** An exception of ours never reaches the page's call. */
  function begin(...args: Parameters<Begin>): End | undefined {
    try {
      return start(...args);
    } catch {
      return undefined;
    }
  }

  const start: Begin = (method, url, isKeptAlive) => {
    const api = apiOf(method, url, options.routes);
    if (!api || isOwnRequest(url)) return undefined;
    if (isQuiet()) polls.add(api);
    const at = Date.now();
    const began = performance.now();
    const end = quietly((answer: number | null) => {
      if (!pending.delete(end)) return;
      const now = performance.now();
      // The browser cancels what is under way when the page is left, and calls it a network failure.
      const status = answer || now - leavingAt > STAY_MS ? answer : null;
      addCall({ api, latency_ms: Math.round(now - began), status, at });
      if (status !== null) tell("answer", "request", began, polls.has(api));
    });
    pending.add(end);
    // A call that is meant to outlive the page is waited for by nobody.
    if (isKeptAlive) keptAlive.add(end);
    return end;
  };
  const keptAlive = new WeakSet<End>();

  return all(
    wrapFetch(begin),
    wrapXhr(begin),
    on("leaving", () => void (leavingAt = performance.now())),
    on("leave", () => pending.forEach((end) => keptAlive.has(end) || end(null))),
  );
}

const wrapFetch = (begin: Begin): Stop =>
  wrap(window, "fetch", (native) =>
    function fetch(this: Window, ...args) {
      const [input, init] = args;
      const request = (input as Request)?.url ? (input as Request) : undefined;
      const { method = "GET", keepalive, signal } = { ...pick(request), ...init };
      const end = begin(method, request?.url ?? "" + input, keepalive);
      // The page gets the derived promise: with a side branch instead, its unhandled rejections would change.
      return native.apply(this, args).then(
        (response) => {
          end?.(response.status);
          return response;
        },
        (error: { name?: string } | null) => {
          // Given up by the page itself, or by its time limit.
          end?.(signal?.aborted || /^(Abort|Timeout)E/.test(error?.name ?? "") ? null : 0);
          throw error;
        },
      );
    },
  );
const pick = (request: Request | undefined): RequestInit =>
  request ? { method: request.method, keepalive: request.keepalive, signal: request.signal } : {};

function wrapXhr(begin: Begin): Stop {
  const calls = new WeakMap<XMLHttpRequest, { args: [string, string]; end?: End }>();
  const prototype = XMLHttpRequest.prototype as Record<"open" | "send", (...args: unknown[]) => void>;
  return all(
    wrap(prototype, "open", (native) =>
      function (this: XMLHttpRequest, ...args) {
        calls.get(this)?.end?.(null); // opening again gives up what was under way
        calls.set(this, { args: ["" + args[0], "" + args[1]] });
        return native.apply(this, args);
      },
    ),
    wrap(prototype, "send", (native) =>
      function (this: XMLHttpRequest, ...args) {
        const call = calls.get(this);
        const end = call && begin(...call.args);
        if (end) {
          call.end = end;
          this.addEventListener("abort", () => end(null));
          this.addEventListener("timeout", () => end(null));
          this.addEventListener("loadend", () => end(this.status));
        }
        return native.apply(this, args);
      },
    ),
  );
}
