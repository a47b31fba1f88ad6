import { describe, expect, it } from "vitest";
import { askedIssueAt } from "../src/session/asked_issue";
import { opensAtMs, worstMs } from "../src/session/worst";

const signal = (type: string, at_ms: number, points: number, more: object = {}) => ({ type, at_ms, points, cause: "noans", element_id: "#pay", screen: "/pay", api: null, ...more });
const page = {
  score: { issues: [{ type: "minor", points: 40, at_ms: [500] }, { type: "js_error", points: 5, at_ms: [9_000] }, { type: "rage_click", points: 12, at_ms: [20_000, 30_000] }] },
  signals: [signal("multi_click", 100, 90), signal("rage_click", 20_000, 12), signal("dead_click", 40_000, 3, { element_id: "#size" }), signal("js_error", 9_000, 5, { cause: "fail", element_id: null })],
  moments: [{ emotion: "unknown", at_ms: 3_000 }, { emotion: "frustrated", at_ms: 21_500 }],
  errors: [{ group: "ab12", at_ms: 8_900 }],
} as unknown as Parameters<typeof opensAtMs>[0];

it("the worst moment is the first time of what cost most, not of the sum of small things", () => {
  expect(worstMs(page)).toBe(20_000);
  expect(worstMs({ score: { issues: [] }, signals: [] } as never)).toBeUndefined();
});

describe("where a session opens", () => {
  it.each([
    ["a list that asks for nothing", {}, 0],
    ["the newest first", { sort: "started" }, 0],
    ["the best first", { sort: "score", order: "desc" }, 0],
    ["the worst first", { sort: "score", order: "asc" }, 19_000],
    ["a cause", { cause: "fail" }, 8_000],
    ["a kind at an element", { signal_type: "dead_click", signal_element: "#size" }, 39_000],
    ["a signal of the segment", { having: ["screen:/pay", "signal:js_error"] }, 8_000],
    ["a moment", { moment: "frustrated" }, 20_500],
    ["a moment of the segment", { having: ["screen:/pay", "moment:frustrated"] }, 20_500],
    ["an error", { error_group: "ab12" }, 7_900],
    ["a place that this session did not lose points at", { place_kind: "api", place: "GET /x" }, 0],
  ] as const)("from %s", (_, list, at) => {
    expect(opensAtMs(page, list)).toBe(at);
  });
});

describe("the issue that is lit where a list led to", () => {
  const seen = {
    score: { issues: [{ incident_ids: [1] }, { incident_ids: [2] }] },
    signals: [signal("rage_click", 9_000, 12, { incident: 1, until_ms: 11_000 }), signal("js_error", 9_300, 5, { cause: "fail", element_id: null, incident: 2, until_ms: 9_300 })],
    errors: [{ group: "ab12", at_ms: 9_200 }, { group: "cd34", at_ms: 30_000 }],
  } as unknown as Parameters<typeof askedIssueAt>[0];
  const at = (list: object, ms: number) => askedIssueAt(seen, list, ms, 2_000);
  it("is that of the error, not of what goes on beside it, from its run-up on", () => {
    expect([7_100, 8_200, 9_200, 11_200, 11_201].map((ms) => at({ error_group: "ab12" }, ms))).toEqual([undefined, 1, 1, 1, undefined]);
  });
  it("is none where the error cost nothing", () => expect(at({ error_group: "cd34" }, 29_500)).toBeNull());
  it("is that of the signals the list asks for", () => expect([at({ cause: "noans" }, 9_000), at({ cause: "fail" }, 9_000)]).toEqual([0, 1]));
  it("is left to the playhead where the list asks for nothing", () => expect(at({}, 9_000)).toBeUndefined());
});
