import { expect, test } from "vitest";
import { shareAxis, timeAxis } from "../src/charts/scale";
import { logScale, percentile, railScale } from "../src/latency/numbers";
import { parseSearch, readQuery, writeQuery } from "../src/search";
import { callChips } from "../src/sessions/call_chips";

test("equal factors are equal lengths on a log scale, and ticks stand inside", () => {
  const { at, ticks } = logScale(10, 1000);
  expect([at(10), at(100), at(1000)]).toEqual([0, expect.closeTo(50), 100]);
  expect([at(1), at(99_999)]).toEqual([0, 100]);
  expect(ticks).toEqual([100, 500]);
});

test("one scale holds all rows, and there is one without any", () => {
  const { at } = railScale([{ p50: 40, p75: 90, p95: 4000, p99: null }, { p50: 200, p75: 300, p95: null, p99: null }]);
  expect(at(40)).toBeGreaterThan(0);
  expect(at(4000)).toBeLessThan(100);
  expect(at(200)).toBeLessThan(at(300));
  expect(railScale([{ p50: null, p75: null, p95: null, p99: null }]).at(500)).toBeGreaterThan(0);
});

test("a missing percentile says whether there were calls", () => {
  expect([percentile(690, 5), percentile(null, 5), percentile(null, 0)]).toEqual(["690\u00a0ms", "few", "–"]);
});

test("axes from zero have few round steps that hold everything", () => {
  for (const highest of [0, 0.4, 1, 7, 90, 430, 999, 4100, 10_000, 123_456]) {
    const { from, to, step } = timeAxis(highest);
    expect(from).toBe(0);
    expect(to).toBeGreaterThanOrEqual(highest);
    expect(to / step).toBeLessThanOrEqual(5);
  }
  expect(timeAxis(4100)).toEqual({ from: 0, to: 6000, step: 2000 });
  expect(shareAxis([0.13, 0.3])).toEqual({ from: 0, to: 0.4, step: 0.2 });
  expect(shareAxis([])).toMatchObject({ from: 0 });
});

test("filters by calls and vitals survive the address, an unknown name too", () => {
  const search = { api: "", api_status: "failed", api_screen: "/cart?a=1", call_min_ms: 0, call_max_ms: 500, vital: "LCP", vital_screen: "", vital_rating: "poor", device_type: "", left_soon: 1 } as const;
  expect(parseSearch(readQuery(writeQuery(search).slice(1)))).toMatchObject(search);
});

test("what no list can mean is left out", () => {
  const found = parseSearch({ api_status: "moon", call_min_ms: "9", call_max_ms: "9", wait_min_ms: "-1", vital_rating: "poor", left_soon: "2" });
  expect(found).toMatchObject({ api_status: undefined, call_min_ms: undefined, call_max_ms: undefined, wait_min_ms: undefined, vital_rating: undefined, left_soon: undefined });
});

test("chips say what is filtered, and take away no more than their part", () => {
  expect(callChips({})).toEqual([]);
  expect(callChips({ api: "GET /x" })).toMatchObject([{ name: "called GET /x", drop: { api: undefined } }]);
  const [call, wait] = callChips({ api: "GET /x", api_status: "failed", wait_min_ms: 1000 });
  expect(call?.name).toBe("called GET /x that failed");
  expect(call?.drop).not.toHaveProperty("api");
  expect(wait?.name).toBe("waited 1.0\u00a0s or more for GET /x");
  expect(callChips({ vital: "LCP", vital_rating: "poor", vital_screen: "/" }).map((one) => one.name)).toEqual(["had a poor LCP on /"]);
});
