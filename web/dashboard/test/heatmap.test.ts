// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { gridOf, heatOf, hottestOf, pixelsOf, rampOf, referenceOf, SIGMA_PX } from "../src/heatmaps/density";
import { boxIn } from "../src/heatmaps/recorded";
import { clicksOf } from "../src/heatmaps/element_card";
import { placed, reachAt, strengths } from "../src/heatmaps/spots";
import { before } from "../src/heatmaps/queries";
import { parseSearch, readQuery, writeQuery } from "../src/search";
import type { HeatCell, HeatElement, Heatmap, HeatRow } from "../src/types";
import { sessionsWords } from "../src/sessions_words";

const at = (grid: ReturnType<typeof gridOf>, x: number, y: number) => grid.values[Math.floor(y / grid.stepPx) * grid.columns + Math.floor(x / grid.stepPx)] ?? NaN;

function cell(fields: Partial<HeatCell>): HeatCell {
  return { x: 0, y: 0, amount: 1, views: 1, low: 0, high: 1, fixed: false, element: null, ...fields };
}

function mapOf(fields: Partial<Heatmap>): Heatmap {
  return { mode: "page", layer: "click", cells: [], rows: [], ...fields } as Heatmap;
}

function element(fields: Partial<HeatElement>): HeatElement {
  return { element: "#a", x: null, y: null, ...fields } as HeatElement;
}

describe("density", () => {
  it("has its peak where the clicks were, and falls off like a Gaussian of 12 px", () => {
    const grid = gridOf([{ x: 400, y: 300, amount: 10 }], 800, 600);
    expect(at(grid, 400, 300)).toBeCloseTo(10, 5);
    expect(at(grid, 400 + SIGMA_PX, 300)).toBeCloseTo(10 * Math.exp(-0.5), 5);
    expect(at(grid, 400, 300 + 2 * SIGMA_PX)).toBeCloseTo(10 * Math.exp(-2), 5);
    expect(at(grid, 500, 300)).toBe(0);
  });

  it("adds up spots near one another, equal to a sum of Gaussians", () => {
    const grid = gridOf([{ x: 400, y: 300, amount: 3 }, { x: 412, y: 300, amount: 5 }], 800, 600);
    expect(at(grid, 400, 300)).toBeCloseTo(3 + 5 * Math.exp(-0.5), 5);
  });

  it("is hottest where most was counted, and nowhere where nothing was", () => {
    const hottest = hottestOf(gridOf([{ x: 100, y: 80, amount: 3 }, { x: 400, y: 2300, amount: 5 }], 800, 3000));
    expect(Math.abs((hottest?.x ?? 0) - 400)).toBeLessThan(4);
    expect(Math.abs((hottest?.y ?? 0) - 2300)).toBeLessThan(4);
    expect(hottestOf(gridOf([], 800, 600))).toBeNull();
  });

  it("is not paler at the page's edge, and leaves out what is beside the page", () => {
    const sum = (x: number) => gridOf([{ x, y: 300, amount: 1 }], 800, 600).values.reduce((total, value) => total + value, 0);
    expect(sum(1)).toBeCloseTo(sum(400), 3);
    expect(sum(900)).toBe(0);
  });

  it("keeps within a million points for the longest pages", () => {
    const { columns, rows } = gridOf([], 1440, 20_000);
    expect(columns * rows).toBeLessThan(1_010_000);
  });

  it("colours by the logarithm up to the 99th percentile, and nothing where nothing was", () => {
    expect(heatOf(0, 10)).toBe(0);
    expect(heatOf(10, 10)).toBe(1);
    expect(heatOf(1000, 10)).toBe(1);
    expect(heatOf(3, 15)).toBeCloseTo(0.5);
    expect(heatOf(3, 0)).toBe(0);
    expect(referenceOf(gridOf([], 100, 100))).toBe(0);
    const grid = gridOf([{ x: 50, y: 50, amount: 10 }], 100, 100);
    const pixels = pixelsOf(grid, referenceOf(grid), rampOf(["#000000", "#FF0000"]));
    const middle = 4 * (Math.floor(50 / grid.stepPx) * grid.columns + Math.floor(50 / grid.stepPx));
    expect([...pixels.slice(middle, middle + 3)]).toEqual([255, 0, 0]);
    expect(pixels[3]).toBe(0);
  });
});

describe("places", () => {
  const box = { left: 100, top: 40, width: 200, height: 20 };
  const page = { widthPx: 1000, heightPx: 2000, boxOf: (name: string) => (name === "#a" ? box : null) };

  it("puts cells of the page in their middle", () => {
    expect(placed(mapOf({ cells: [cell({ x: 50, y: 10, amount: 7 })] }), page, []).spots).toEqual([{ x: 505, y: 168, amount: 7 }]);
  });

  it("puts cells of elements into the element's box, and counts elements that the page does not have", () => {
    const map = mapOf({ mode: "element", cells: [cell({ element: "#a", x: 10, y: 0 }), cell({ element: "#b" }), cell({ element: "#b", x: 3 })] });
    expect(placed(map, page, [element({ element: "#b", x: 5, y: 5 })])).toEqual({ spots: [{ x: 205, y: 40.5, amount: 1 }], missing: 1 });
  });

  it("puts them on an outline where the element usually was clicked", () => {
    const map = mapOf({ mode: "element", cells: [cell({ element: "#a" }), cell({ element: "#bar" })] });
    expect(placed(map, { widthPx: 1000 }, [element({ x: 10, y: 2 }), element({ element: "#bar" })])).toEqual({ spots: [{ x: 105, y: 40, amount: 1 }], missing: 1 });
  });

  it("draws reach by share and attention by the longest", () => {
    const rows = [100, 50, null].map((ms, y) => ({ y, attention_ms: ms, reach: { share: 1 - y / 4, low: 0, high: 1 } })) as HeatRow[];
    expect(strengths("scroll", rows)).toEqual([1, 0.75, 0.5]);
    expect(strengths("attention", rows)).toEqual([1, 0.5, 0]);
    expect(reachAt(rows, 31)).toBe(0.75);
    expect(reachAt(rows, 48)).toBeNull();
  });

  it("finds an element by the script's selector, also inside of a shadow root, and no nonsense", () => {
    document.body.innerHTML = `<div id="host"></div><button id="pay">Pay</button>`;
    const inside = document.getElementById("host")?.attachShadow({ mode: "open" }).appendChild(document.createElement("i"));
    for (const found of [inside, document.getElementById("pay")]) if (found) found.getBoundingClientRect = () => new DOMRect(1, 2, 3, 4);
    expect(boxIn(document, "#pay")).toEqual({ left: 1, top: 2, width: 3, height: 4 });
    expect(boxIn(document, "#host >>> i")).toEqual({ left: 1, top: 2, width: 3, height: 4 });
    for (const missing of ["#none", "#host", "#pay >>> i", "]["]) expect(boxIn(document, missing)).toBeNull();
  });
});

describe("the address", () => {
  it("holds the whole state of the map, and filters of the list with an element without a name", () => {
    const search = { on: "/cart", layer: "dead", width: "768-1199", mode: "page", against: "before", element: "", element_screen: "/cart", element_width: "1200-", element_signal: "rage" };
    expect(parseSearch(readQuery(writeQuery(search)))).toMatchObject(search);
    expect(parseSearch({ layer: "moon", width: "1", mode: "element", element_signal: "x" })).toMatchObject({ layer: undefined, width: undefined, mode: undefined, element_signal: undefined });
  });

  it("is told in words", () => {
    const { element: told } = sessionsWords.chips;
    expect(told({ element_screen: "/cart" })).toBe("viewed /cart");
    expect(told({ element: "#pay", element_screen: "/cart", element_signal: "dead", element_width: "0-479" })).toBe("clicked #pay on /cart, a dead click, under 480 px wide");
    expect(told({ element: "", element_screen: "/cart" })).toBe("clicked something without a name on /cart");
  });

  it("compares with the equally long period before", () => {
    const period = { preset: "7d" as const, since: new Date("2026-11-14T00:00:00Z"), until: new Date("2026-11-21T00:00:00Z") };
    expect(before(period)).toEqual({ preset: null, since: new Date("2026-11-07T00:00:00Z"), until: period.since });
  });
});

it("says how often an element was clicked per 1,000 views, and of too few views how often it was", () => {
  expect(clicksOf({ clicks: 13, clicks_per_1000: 4333.3 }, false)).toBe("4,333");
  expect(clicksOf({ clicks: 13, clicks_per_1000: 4333.3 }, true)).toBe("13");
});
