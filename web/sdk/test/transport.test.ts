import { beforeEach, expect, test, vi } from "vitest";
import { createKept, MAX_BODY, MAX_KEPT } from "../src/kept";
import { createQueue } from "../src/queue";
import { createTransport } from "../src/transport";
import type { Items, WireEvent } from "../src/wire";
import { batch, memoryStore } from "./fakes";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

function setUp(...answers: (number | Response | Error)[]) {
  const kept = createKept(memoryStore());
  const onRefused = vi.fn();
  const calls: { url: string; body: string }[] = [];
  const fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    calls.push({ url: String(url), body: String(init!.body) });
    const answer = answers.shift() ?? 200;
    if (answer instanceof Error) throw answer;
    return typeof answer === "number" ? new Response("{}", { status: answer }) : answer;
  };
  const transport = createTransport({ url: "https://mien.test/v1/batch", fetch, kept, onRefused });
  const settled = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  return { transport, kept, calls, onRefused, settled };
}

const busy = (seconds: string) => new Response("{}", { status: 503, headers: { "retry-after": seconds } });

test("a batch is sent once and forgotten when the server says 200", async () => {
  const { transport, kept, calls, settled } = setUp();
  transport.send(batch("a"));
  await settled(600_000);
  expect(calls.map(({ url }) => url)).toEqual(["https://mien.test/v1/batch"]);
  expect(kept.all()).toEqual([]);
});

test("a failed batch is kept, waits as long as the server asks, and goes again with the same body and a new time", async () => {
  const { transport, kept, calls, settled } = setUp(busy("30"));
  transport.send(batch("a"));
  await settled(29_000);
  expect(transport.isStuck()).toBe(true);
  expect(kept.all().map(({ id }) => id)).toEqual(["a"]);
  await settled(2_000);
  expect(calls[1]).toEqual({ url: "https://mien.test/v1/batch?t=1030000", body: calls[0]!.body });
  expect(kept.all()).toEqual([]);
  expect(transport.isStuck()).toBe(false);
});

test("waits grow with each failure", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const { transport, calls, settled } = setUp(500, new Error("offline"), 429, 200);
  transport.send(batch("a"));
  const counts = [];
  for (let second = 0; second <= 14; second++) {
    await settled(second ? 1_000 : 0);
    counts.push(calls.length);
  }
  expect(counts).toEqual([1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
});

test.each([400, 404, 413])("a batch answered with %i is dropped, and the next one is sent", async (status) => {
  const { transport, kept, calls, onRefused, settled } = setUp(status);
  transport.send(batch("a"));
  transport.send(batch("b"));
  await settled();
  expect(calls).toHaveLength(2);
  expect(kept.all()).toEqual([]);
  expect(onRefused).not.toHaveBeenCalled();
});

test.each([401, 403])("%i stops everything", async (status) => {
  const { transport, onRefused, settled } = setUp(status);
  transport.send(batch("a"));
  await settled();
  expect(onRefused).toHaveBeenCalledOnce();
});

test("an unknown key throws away what was kept; a refused origin does not", async () => {
  for (const [status, left] of [[401, 0], [403, 1]] as const) {
    const { transport, kept, settled } = setUp(status);
    kept.put("old", JSON.stringify(batch("old")));
    transport.send(batch("a"));
    await settled();
    expect(kept.all()).toHaveLength(left);
  }
});

test("when the page is left, everything is kept and goes out by beacon", async () => {
  const beacon = vi.fn((_url: string, body: string) => body.length < 1_000);
  vi.stubGlobal("navigator", { sendBeacon: beacon });
  const { transport, kept, calls, settled } = setUp();
  const large = batch("b", { errors: [{ screen: "/", message: "x".repeat(2_000), at: 1 }] });
  transport.leave([batch("a"), large], true);
  expect(kept.all().map(({ id }) => id)).toEqual(["a", "b"]);
  await settled(100);
  expect(beacon).toHaveBeenCalledTimes(2);
  expect(calls.map(({ body }) => JSON.parse(body).batch_id)).toEqual(["b"]); // what a beacon refuses is tried as a request
  vi.unstubAllGlobals();
});

test("what an earlier page kept is sent with the time of this attempt", async () => {
  const { transport, kept, calls, settled } = setUp();
  kept.put("old", JSON.stringify(batch("old")));
  transport.resendKept();
  await settled();
  expect(calls[0]!.url).toBe("https://mien.test/v1/batch?t=1000000");
  expect(kept.all()).toEqual([]);
});

test("the store stays within its bound, oldest out first", () => {
  const kept = createKept(memoryStore());
  for (let n = 0; n <= MAX_KEPT; n++) kept.put(`id${n + 10}`, "{}");
  kept.put("id20", "{}");
  kept.put("too large", "x".repeat(MAX_BODY + 1));
  expect(kept.all().map(({ id }) => id)).toEqual(["id11", "id12", "id13", "id14", "id15", "id16", "id17", "id18", "id19", "id20"]);
});

function queueWith(isStuck = () => false) {
  const sent: Items[] = [];
  const onLoss = vi.fn();
  const queue = createQueue({ prepare: async () => {}, send: (items) => sent.push(items), isStuck, onLoss });
  return { queue, sent, onLoss };
}

const event = (type: string): WireEvent => ({ type, at: 1, screen: "/", metadata: {} });

test("the first batch goes after a second, later ones every 8 to 10 seconds, and none when there is nothing", async () => {
  const { queue, sent } = queueWith();
  queue.add("events", event("a"));
  await vi.advanceTimersByTimeAsync(999);
  expect(sent).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(sent).toHaveLength(1);
  queue.add("events", event("b"));
  await vi.advanceTimersByTimeAsync(7_999);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_001);
  expect(sent.map(({ events }) => events.map(({ type }) => type))).toEqual([["a"], ["b"]]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toHaveLength(2);
});

test("while a batch waits for another attempt no new ones are made", async () => {
  let isStuck = true;
  const { queue, sent } = queueWith(() => isStuck);
  queue.add("events", event("a"));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(sent).toHaveLength(0);
  isStuck = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(sent).toHaveLength(1);
});

test("what is too much is lost and said to be", () => {
  const { queue, onLoss } = queueWith();
  for (let n = 0; n < 2_001; n++) queue.add("events", event(`e${n}`));
  expect(onLoss).toHaveBeenCalledOnce();
  expect(queue.takeAll()[0]!.events[0]!.type).toBe("e1");
});

test("a large replay chunk goes in a batch of its own, after the facts", () => {
  const { queue } = queueWith();
  for (const length of [10, 50_000]) queue.add("replay", { index: length, at: 1, enc: "json", n: 1, data: "x".repeat(length) });
  queue.add("events", event("a"));
  const batches = queue.takeAll();
  expect(batches.map(({ events, replay }) => [events.length, replay.map(({ index }) => index)])).toEqual([
    [1, [10]],
    [0, [50_000]],
  ]);
});
