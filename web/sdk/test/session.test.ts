import { beforeEach, expect, test, vi } from "vitest";
import { uuid } from "../src/ids";
import { createSession, IDLE_MS, MAX_MS } from "../src/session";
import { openTab } from "../src/tab";
import { memoryStore } from "./fakes";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
});

function session(store = memoryStore(), said: string[] = []) {
  return createSession(store, () => ({ utm: {} }), () => said.push("end"), () => said.push("begin"));
}

test("ids are UUIDs of version 7 that sort by time", () => {
  const [first, second] = [uuid(1_000_000), uuid(2_000_000)];
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(first < second).toBe(true);
});

test("30 minutes without activity end a session, and less do not", () => {
  const said: string[] = [];
  const one = session(memoryStore(), said);
  const { id } = one.current();
  vi.advanceTimersByTime(IDLE_MS);
  expect(one.isLive()).toBe(true);
  one.touch();
  expect(one.current().id).toBe(id);
  vi.advanceTimersByTime(IDLE_MS + 1);
  expect(one.isLive()).toBe(false);
  expect(said).toEqual([]);
  one.touch();
  expect(one.current().id).not.toBe(id);
  expect(said).toEqual(["end", "begin"]);
});

test("a session ends after 24 hours however active it is", () => {
  const one = session();
  const { id } = one.current();
  for (let past = 0; past < MAX_MS; past += 600_000) {
    expect(one.current().id).toBe(id);
    vi.advanceTimersByTime(600_000);
    one.touch();
  }
  vi.advanceTimersByTime(600_000);
  one.touch();
  expect(one.current().id).not.toBe(id);
});

test("two tabs share a session, a reload continues it, and a damaged store begins a new one", () => {
  const store = memoryStore();
  const { id } = session(store).current();
  expect(session(store).current().id).toBe(id);
  store.set("session", "{damaged");
  expect(session(store).current().id).not.toBe(id);
});

test("what belongs to the old session is sealed while it is still current", () => {
  const seen: string[] = [];
  const one = createSession(memoryStore(), () => ({}), () => seen.push(one.current().id), () => seen.push(one.current().id));
  const { id } = one.current();
  one.renew();
  expect(seen).toEqual([id, one.current().id]);
  expect(seen[0]).not.toBe(seen[1]);
});

test("a tab keeps its id and counts on over a reload", () => {
  const store = memoryStore();
  const first = openTab(store);
  expect([first.next("seq"), first.next("seq")]).toEqual([0, 1]);
  first.close();
  const second = openTab(store);
  expect(second.id()).toBe(first.id());
  expect(second.next("seq")).toBe(2);
});

test("a duplicated tab, which finds its original still open, is another tab", () => {
  const store = memoryStore();
  expect(openTab(store).id()).not.toBe(openTab(store).id());
});
