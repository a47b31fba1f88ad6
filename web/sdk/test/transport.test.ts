import { beforeEach, expect, test, vi } from "vitest";
import type { Items } from "../src/wire";
import { event, items } from "./fakes";

const MAX_KEPT = 10;
const halt = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  localStorage.clear();
  halt.mockClear();
});

async function setUp(...answers: (number | Response | Error)[]) {
  vi.resetModules();
  vi.doMock("../src/core", () => ({ halt, isRunning: () => true }));
  const calls: { url: string; body: string }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push({ url, body: String(init.body) });
    const answer = answers.shift() ?? 200;
    if (answer instanceof Error) throw answer;
    return typeof answer === "number" ? new Response("{}", { status: answer }) : answer;
  });
  vi.stubGlobal("CompressionStream", undefined);
  const { setOptions } = await import("../src/options");
  setOptions({ key: "mk_test" }, "https://mien.test/mien.js");
  const { keep } = await import("../src/storage");
  keep();
  const transport = await import("../src/transport");
  const settled = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith("mien:batch:"));
  return { ...transport, isStuck: () => transport.isStuck, calls, settled, kept };
}

const busy = (seconds: string) => new Response("{}", { status: 503, headers: { "retry-after": seconds } });

test("a batch is sent once and forgotten when the server says 200", async () => {
  const { send, kept, calls, settled } = await setUp();
  send(items());
  await settled(600_000);
  expect(calls.map(({ url }) => url)).toEqual(["https://mien.test/v1/batch?t=1000000"]);
  expect(kept()).toEqual([]);
});

test("a failed batch is kept, waits as long as the server asks, and goes again with the same body and a new time", async () => {
  const { send, kept, calls, settled, isStuck } = await setUp(busy("30"));
  send(items());
  await settled(29_000);
  expect(isStuck()).toBe(true);
  expect(kept()).toHaveLength(1);
  await settled(2_000);
  expect(calls[1]).toEqual({ url: "https://mien.test/v1/batch?t=1030000", body: calls[0]!.body });
  expect(kept()).toEqual([]);
  expect(isStuck()).toBe(false);
});

test("waits grow with each failure", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const { send, calls, settled } = await setUp(500, new Error("offline"), 429, 200);
  send(items());
  const counts = [];
  for (let second = 0; second <= 14; second++) {
    await settled(second ? 1_000 : 0);
    counts.push(calls.length);
  }
  expect(counts).toEqual([1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
});

test.each([400, 404, 413])("a batch answered with %i is dropped, and the next one is sent", async (status) => {
  const { send, kept, calls, settled } = await setUp(status);
  send(items());
  send(items());
  await settled();
  expect(calls).toHaveLength(2);
  expect(kept()).toEqual([]);
  expect(halt).not.toHaveBeenCalled();
});

test.each([401, 403])("%i stops everything", async (status) => {
  const { send, settled } = await setUp(status);
  send(items());
  await settled();
  expect(halt).toHaveBeenCalledOnce();
});

test("an unknown key throws away what was kept; a refused origin does not", async () => {
  for (const [status, left] of [[401, 0], [403, 1]] as const) {
    const { send, kept, settled } = await setUp(status);
    localStorage["mien:batch:old"] = "{}";
    send(items());
    await settled();
    expect(kept()).toHaveLength(left);
  }
});

test("when the page is left, everything is kept and goes out by beacon", async () => {
  const beacon = vi.fn((_url: string, body: string) => body.length < 1_000);
  vi.stubGlobal("navigator", { sendBeacon: beacon });
  const { sendAll, kept, calls, settled } = await setUp();
  sendAll([items(), items({ errors: [{ screen: "/", message: "x".repeat(2_000), at: 1 }] })], true);
  expect(kept()).toHaveLength(2);
  await settled(100);
  expect(beacon).toHaveBeenCalledTimes(2);
  expect(calls.map(({ body }) => JSON.parse(body).errors.length)).toEqual([1]); // what a beacon refuses is tried as a request
  vi.unstubAllGlobals();
});

test("what an earlier page kept is sent with the time of this attempt, days later too", async () => {
  const { resend, kept, calls, settled } = await setUp();
  localStorage["mien:batch:old"] = '{"batch_id":"old"}';
  vi.setSystemTime(1_000_000 + 2 * 86_400_000);
  resend();
  await settled();
  expect(calls).toEqual([{ url: "https://mien.test/v1/batch?t=173800000", body: '{"batch_id":"old"}' }]);
  expect(kept()).toEqual([]);
});

test("the store stays within its bound, oldest out first", async () => {
  const { sendAll, kept } = await setUp(busy("600"));
  vi.stubGlobal("navigator", { sendBeacon: () => true });
  const ids = [];
  for (let n = 0; n <= MAX_KEPT; n++) {
    vi.setSystemTime(1_000_000 + n);
    sendAll([items()], true);
    ids.push(...kept());
  }
  sendAll([items({ errors: [{ screen: "/", message: "x".repeat(150_000), at: 1 }] })], true);
  expect(kept().sort()).toEqual([...new Set(ids)].sort().slice(-MAX_KEPT));
  vi.unstubAllGlobals();
});

async function queueWith(isStuck = () => false) {
  vi.resetModules();
  const sent: Items[] = [];
  vi.doMock("../src/core", () => ({ isRunning: () => true }));
  vi.doMock("../src/transport", () => ({ send: (batch: Items) => sent.push(batch), get isStuck() { return isStuck(); } }));
  const { keep } = await import("../src/storage");
  keep();
  const queue = await import("../src/queue");
  const { tab } = await import("../src/tab");
  vi.doUnmock("../src/transport");
  return { ...queue, sent, tab };
}

test("the first batch goes after a second, later ones every 12 to 14 seconds, and none when there is nothing", async () => {
  const { add, sent } = await queueWith();
  add("events", event("a"));
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toHaveLength(1);
  add("events", event("b"));
  await vi.advanceTimersByTimeAsync(11_999);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_001);
  expect(sent.map(({ events }) => events.map(({ type }) => type))).toEqual([["a"], ["b"]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(2);
});

test("while a batch waits for another attempt no new ones are made", async () => {
  let isStuck = true;
  const { add, sent } = await queueWith(() => isStuck);
  add("events", event("a"));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toHaveLength(0);
  isStuck = false;
  await vi.advanceTimersByTimeAsync(12_000);
  expect(sent).toHaveLength(1);
});

test("what is too much is lost and leaves a hole in the numbers", async () => {
  const { add, takeAll, tab } = await queueWith();
  for (let n = 0; n < 2_001; n++) add("events", event(`e${n}`));
  expect(tab.seq).toBe(1);
  expect(takeAll()[0]!.events[0]!.type).toBe("e1");
});

test("a large replay chunk goes in a batch of its own, after the facts", async () => {
  const { add, takeAll } = await queueWith();
  for (const length of [10, 50_000]) add("replay", { index: length, at: 1, enc: "json", n: 1, data: "x".repeat(length) });
  add("events", event("a"));
  const batches = takeAll();
  expect(batches.map(({ events, replay }) => [events.length, replay.map(({ index }) => index)])).toEqual([
    [1, [10]],
    [0, [50_000]],
  ]);
});
