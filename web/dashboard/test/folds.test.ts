import { describe, expect, it } from "vitest";
import { blankHeight, foldOf, lineTops } from "../src/heatmaps/folds";
import { lowestPx } from "../src/heatmaps/spots";
import type { HeatElement } from "../src/types";

describe("a page without a recording", () => {
  it("ends below the lowest thing that is drawn, not where the page ended", () => {
    expect(blankHeight(5_000, 700, 800)).toBe(1_100);
    expect(blankHeight(5_000, 0, 800)).toBe(1_000);
  });

  it("is never longer than the page was, and never cuts what is drawn", () => {
    expect(blankHeight(900, 800, 800)).toBe(900);
    expect(blankHeight(600, 900, 800)).toBe(900);
  });

  it("takes the windows that were measured, else usual ones of the width", () => {
    expect(foldOf(613, "1200-")).toEqual({ foldPx: 613, isUsual: false });
    for (const none of [null, 0]) expect(foldOf(none, "0-479")).toEqual({ foldPx: 740, isUsual: true });
    expect(foldOf(null, null).foldPx).toBe(foldOf(null, "1200-").foldPx);
  });

  it("has a line where each window ends, none at its own end and not hundreds", () => {
    expect(lineTops(800, 2_000)).toEqual([800, 1_600]);
    expect(lineTops(800, 800)).toEqual([]);
    expect(lineTops(1, 20_000).length).toBe(12);
  });

  it("knows spots and names that are drawn on it", () => {
    const element = (y: number | null) => ({ y }) as HeatElement;
    expect(lowestPx([{ x: 0, y: 90, amount: 1 }], [element(5), element(null)])).toBe(90);
    expect([lowestPx([], [element(10)]), lowestPx([], [])]).toEqual([160, 0]);
  });
});
