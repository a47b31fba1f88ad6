import { beforeEach, expect, test, vi } from "vitest";
import { uuid } from "../src/ids";

const IDLE_MS = 30 * 60_000;
const MAX_MS = 24 * 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-03-01T12:00:00Z") });
  localStorage.clear();
  sessionStorage.clear();
});

/** A fresh page of the site: its own memory, the same storage. */
async function page() {
  vi.resetModules();
  const [storage, session, guard, tab] = await Promise.all([
    import("../src/storage"), import("../src/session"), import("../src/guard"), import("../src/tab"),
  ]);
  storage.keep();
  return { ...session, ...guard, ...tab, id: () => session.session().id };
}

test("ids are UUIDs of version 7 that sort by time", () => {
  const [first, second] = [uuid(1_000_000), uuid(2_000_000)];
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(parseInt(uuid(1_795_342_797_896).replace(/-/g, "").slice(0, 12), 16)).toBe(1_795_342_797_896);
  expect(first < second).toBe(true);
});

test("30 minutes without activity end a session, and less do not", async () => {
  const one = await page();
  const told: string[] = [];
  one.on("end", () => told.push("end"));
  one.on("begin", () => told.push("begin"));
  const id = one.id();
  vi.advanceTimersByTime(IDLE_MS);
  expect(one.isLive()).toBe(true);
  one.touch();
  expect(one.id()).toBe(id);
  vi.advanceTimersByTime(IDLE_MS + 1);
  expect(one.isLive()).toBe(false);
  expect(told).toEqual([]);
  one.touch();
  expect(one.id()).not.toBe(id);
  expect(told).toEqual(["end", "begin"]);
});

test("a session ends after 24 hours however active it is", async () => {
  const one = await page();
  const id = one.id();
  for (let past = 0; past < MAX_MS; past += 600_000) {
    expect(one.id()).toBe(id);
    vi.advanceTimersByTime(600_000);
    one.touch();
  }
  vi.advanceTimersByTime(600_000);
  one.touch();
  expect(one.id()).not.toBe(id);
});

test("two tabs share a session, a reload continues it, and a damaged store begins a new one", async () => {
  const id = (await page()).id();
  expect((await page()).id()).toBe(id);
  localStorage["mien:session"] = "{damaged";
  expect((await page()).id()).not.toBe(id);
});

test("what belongs to the old session is sealed while it is still current", async () => {
  const one = await page();
  const seen: string[] = [];
  one.on("end", () => seen.push(one.id()));
  one.on("begin", () => seen.push(one.id()));
  const id = one.id();
  one.renew();
  expect(seen).toEqual([id, one.id()]);
  expect(seen[0]).not.toBe(seen[1]);
});

test("a tab keeps its id and counts on over a reload", async () => {
  const first = await page();
  first.openTab();
  expect([first.next("seq"), first.next("seq")]).toEqual([0, 1]);
  const { id } = first.tab;
  first.closeTab();
  const second = await page();
  second.openTab();
  expect((await import("../src/tab")).tab.id).toBe(id);
  expect(second.next("seq")).toBe(2);
});

test("a duplicated tab, which starts with a copy of the original's storage, is another tab", async () => {
  const first = await page();
  first.openTab();
  const second = await page();
  second.openTab();
  expect((await import("../src/tab")).tab.id).not.toBe(first.tab.id);
});
