// fetch and XMLHttpRequest: route, status, time. Headers and query strings are never looked at, and of bodies only the
// name of a GraphQL operation.

import { isQuiet } from "../core";
import { listen, now, on, quietly, tell, wrap } from "../guard";
import { add } from "../queue";
import { apiOf } from "../route";
import { isLive } from "../session";

const STAY_MS = 10_000; // a page still here after that is not being left: a download, or the answer "stay"
const MAX_BODY = 2_000; // characters in which the name of a GraphQL operation is looked for

/** Ends a call: HTTP status, 0 network failure, null unfinished. Only the first end counts. */
type End = (status: number | null) => void;

export function apiCalls(): void {
  const pending = new Set<End>();
  const polls = new Set<string>(); // APIs that were called while nobody did anything
  let leavingAt = -STAY_MS;

  const begin = quietly((method: string, url: string, body: unknown): End | undefined => {
    let api = apiOf(method, url);
    if (!api) return undefined;
    // Only of a text: anything else would be turned into one, which may be long work or the page's own code.
    const operation = typeof body === "string" && /"operationName"\s*:\s*"(\w+)"/.exec(body.slice(0, MAX_BODY));
    if (operation) api += " " + operation[1];
    if (isQuiet()) polls.add(api);
    const at = Date.now();
    const began = now();
    const end = quietly((answer: number | null) => {
      if (!pending.delete(end)) return;
      const latency = now();
      // The browser cancels what is under way when the page is left, and calls it a network failure.
      const status = answer || latency - leavingAt > STAY_MS ? answer : null;
      const call = { api: api!, latency_ms: Math.round(latency - began), status, at };
      // The first end of `fetch` is that of the headers: mien-vitals.js, once there, waits for that of the body.
      if (!tell("called", url, began, call).includes(true) && isLive()) add("latency", call);
      if (status !== null) tell("answer", "request", began, () => polls.has(api!), status);
    });
    pending.add(end);
    return end;
  });

  on("leaving", () => void (leavingAt = now()));
  on("leave", () => pending.forEach((end) => end(null)));
  wrapFetch(begin);
  wrapXhr(begin);
}

type Begin = (method: string, url: string, body: unknown) => End | undefined;

const wrapFetch = (begin: Begin): void =>
  wrap(window, "fetch", (call, [input, init]) => {
    const option = (name: keyof RequestInit): any => init?.[name] ?? input?.[name];
    // A call that is meant to outlive the page is waited for by nobody.
    const end = quietly(() =>
      option("keepalive") ? undefined : begin(option("method") ?? "GET", input.url ?? input, init?.body),
    )();
    // The page gets the derived promise: with a side branch instead, its unhandled rejections would change.
    return call().then(
      (response: Response) => {
        end?.(response.status);
        return response;
      },
      (error: Error | null) => {
        // Given up by the page itself, or by its time limit.
        end?.(option("signal")?.aborted || /^(Abort|Timeout)E/.test(error?.name!) ? null : 0);
        throw error;
      },
    );
  });

function wrapXhr(begin: Begin): void {
  const calls = new WeakMap<XMLHttpRequest, [method: string, url: string, end?: End]>();
  const { prototype } = XMLHttpRequest;
  const before = (name: "open" | "send", note: (xhr: XMLHttpRequest, args: any[]) => void): void =>
    wrap(prototype, name, (call, args, xhr) => {
      quietly(note)(xhr, args);
      return call();
    });

  before("open", (xhr, [method, url]) => {
    // Opening again gives up what was under way; where the page does it while it is told of the end, that was none.
    // Listened to once for each, however often it is opened: the end of a former request may be told when the next is open.
    const finish = (isGivenUp?: boolean) => calls.get(xhr)?.[2]?.(isGivenUp ? null : xhr.status);
    finish(xhr.readyState < 4);
    if (!calls.has(xhr)) listen("abort timeout loadend", ({ type }) => xhr.readyState < 4 || finish(type !== "loadend"), xhr);
    calls.set(xhr, [method, url]);
  });
  before("send", (xhr, [body]) => {
    const opened = calls.get(xhr)!;
    opened[2] = begin(opened[0], opened[1], body);
  });
}
