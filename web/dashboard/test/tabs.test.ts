import { describe, expect, it } from "vitest";
import { tabAfter, tabAt } from "../src/session/tabs";
import type { ReplayTab } from "../src/types";

function tab(name: string, ...starts: (number | null)[]): ReplayTab {
  return { tab: name, chunks: starts.map((at_ms, index) => ({ id: index, index, at_ms, event_count: 1 })) };
}

describe("the tab of a second", () => {
  const tabs = [tab("a", 0, 10_000), tab("b", 60_000, 70_000)];

  it("stays the current one as long as it covers the second", () => {
    expect(tabAt([tab("a", 0, 90_000), tab("b", 10_000, 20_000)], 15_000, 0)).toBe(0);
  });

  it("is the one that covers it, else the nearest", () => {
    expect(tabAt(tabs, 65_000, 0)).toBe(1);
    expect(tabAt(tabs, 50_000, 0)).toBe(1);
    expect(tabAt(tabs, 25_000, 0)).toBe(0);
  });

  it("is never one without chunks or times", () => {
    expect(tabAt([tab("a"), tab("b", null), tab("c", 0)], 0, 0)).toBe(2);
  });

  it("goes on where another tab has more", () => {
    expect(tabAfter(tabs, 20_000, 0)).toBe(1);
    expect(tabAfter(tabs, 80_000, 1)).toBeNull();
  });
});
