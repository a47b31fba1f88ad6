import { describe, expect, it, vi } from "vitest";
import { issueAt, Lit, marksOf, spansOf } from "../src/session/lit";
import type { SessionPage } from "../src/types";

/** A rage click that a moment rests on, a failed call, a poor LCP, and beside them things of nobody. */
const page = {
  score: {
    issues: [
      { type: "rage_click", cause: "noans", incident_ids: [1], at_ms: [5_000] },
      { type: "failed_request", cause: "fail", incident_ids: [2], at_ms: [9_000] },
      { type: "web_vital_lcp", cause: "wait", incident_ids: [], at_ms: [100] },
    ],
  },
  signals: [
    { at_ms: 5_000, until_ms: 6_000, type: "rage_click", cause: "noans", incident: 1, element_id: "#pay", api: null, points: 5 },
    { at_ms: 9_000, until_ms: 9_400, type: "failed_request", cause: "fail", incident: 2, element_id: null, api: "POST /pay", points: 9 },
    { at_ms: 5_500, until_ms: 5_500, type: "multi_click", cause: "noans", incident: null, element_id: "#pay", api: null, points: 0 },
  ],
  moments: [{ at_ms: 6_200, emotion: "frustrated" }, { at_ms: 60_000, emotion: "confused" }],
  screens: [{ at_ms: 0, until_ms: 5_000 }, { at_ms: 5_000, until_ms: 20_000 }],
  events: [
    { at_ms: 5_000, type: "click", element_id: "#pay", detail: {} },
    { at_ms: 5_200, type: "click", element_id: "#other", detail: {} },
    { at_ms: 100, type: "web_vital", detail: { name: "LCP", value: 5_000, rating: "poor" } },
    { at_ms: 120, type: "web_vital", detail: { name: "INP", value: 50, rating: "good" } },
  ],
  calls: [{ at_ms: 8_900, api: "POST /pay", latency_ms: 300 }, { at_ms: 9_000, api: "GET /", latency_ms: 10 }],
  errors: [{ at_ms: 9_100 }],
} as unknown as SessionPage;

describe("the marks of an issue", () => {
  const [rage, failed, lcp] = marksOf(page);
  it("stand in every lane that shows a part of it", () => {
    expect(rage).toEqual(new Set(["signal 5000", "screen 5000", "click 5000", "moment 6200"]));
    expect(failed).toEqual(new Set(["signal 9000", "screen 5000", "call 8900"]));
    expect(lcp).toEqual(new Set(["vital 100"]));
  });
});

describe("the issue under the playhead", () => {
  const spans = spansOf(page);
  it("is the one that goes on, or has just ended", () => {
    expect(spans).toEqual([[{ from: 5_000, until: 6_000 }], [{ from: 9_000, until: 9_400 }], [{ from: 100, until: 100 }]]);
    expect([issueAt(spans, 4_999, 2_000), issueAt(spans, 5_000, 2_000), issueAt(spans, 8_000, 2_000), issueAt(spans, 8_001, 2_000)]).toEqual([null, 0, 0, null]);
  });
  it("of several is the one that began last", () => {
    expect(issueAt([[{ from: 0, until: 9_000 }], [{ from: 500, until: 600 }]], 550, 0)).toBe(1);
  });
});

it("tells that another issue is lit, and only then", () => {
  const lit = new Lit();
  const told = vi.fn();
  const stop = lit.subscribe(told);
  lit.set(1);
  lit.set(1);
  lit.set(null);
  stop();
  lit.set(2);
  expect(told).toHaveBeenCalledTimes(2);
  expect(lit.issue).toBe(2);
});
