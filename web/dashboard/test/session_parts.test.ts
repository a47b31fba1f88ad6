// @vitest-environment jsdom
import { beforeAll, describe, expect, it, vi } from "vitest";
import { GO, goKeys, WITHIN_MS } from "../src/frame/go_keys";
import { laneMarks } from "../src/session/marks";
import { judgedBy } from "../src/session/moment_signal";
import { nearestMoment } from "../src/session/moments";
import { SPEEDS } from "../src/session/player";
import { sameTrouble } from "../src/session/same_trouble";
import { eventWords } from "../src/session/said";
import { stepFrom, stepTimes } from "../src/session/steps";
import { vitalOf, vitalsOf, vitalWords } from "../src/session/vitals";
import type { EventRow, MomentRow, SessionPage, SignalRow } from "../src/types";

const event = (at_ms: number, type: string, detail: Record<string, unknown> = {}): EventRow => ({
  at_ms, type, detail, screen: "/", element_id: null, x: null, y: null, scroll: null, label: null, response_ms: null, answered: null, response: null,
});
const signal = (at_ms: number, until_ms: number, type = "rage_click", points = 1): SignalRow => ({
  at_ms, until_ms, type, points, started_at: `${at_ms}`, verdict: null, cause: "noans", confidence: 1, screen: "/", element_id: "#a", api: null, label: type, detail: "", evidence: {}, incident: 1,
});
const moment = (at_ms: number, emotion = "frustrated"): MomentRow => ({ at_ms, emotion, strength: "strong", sentence: "", evidence: [] });

describe("vitals of a visit", () => {
  it("have a value in their unit and the rating that was sent", () => {
    const lcp = vitalOf(event(5, "web_vital", { name: "LCP", value: 3412.7, rating: "needs-improvement" }));
    expect(lcp).toEqual({ at_ms: 5, name: "LCP", value: "3.4\u00a0s", rating: "needs-improvement" });
    expect(lcp && vitalWords(lcp)).toBe("LCP 3.4\u00a0s, needs improvement");
    expect(vitalOf(event(5, "web_vital", { name: "CLS", value: 0.1234, rating: "good" }))?.value).toBe("0.12");
  });

  it("are not rated by guessing, and are none without a value", () => {
    const ttfb = vitalOf(event(5, "web_vital", { name: "TTFB", value: 90, rating: "great" }));
    expect(ttfb?.rating).toBeNull();
    expect(ttfb && vitalWords(ttfb)).toBe("TTFB 90\u00a0ms, not rated");
    expect(vitalOf(event(5, "web_vital", { name: "LCP", value: "3000" }))).toBeNull();
    expect(vitalOf(event(5, "web_vital", { name: "LCP", value: -1 }))).toBeNull();
    expect(vitalOf(event(5, "order", { name: "LCP", value: 3 }))).toBeNull();
  });

  it("stand in the list of events with their value, and in a lane of their own", () => {
    const lcp = event(900, "web_vital", { name: "LCP", value: 3400, rating: "poor" });
    const inp = event(100, "web_vital", { name: "INP", value: 240, rating: "good" });
    expect(eventWords(lcp)).toBe("Measured LCP 3.4\u00a0s");
    expect(vitalsOf([lcp, event(1, "click"), inp]).map(({ name }) => name)).toEqual(["INP", "LCP"]);
    const page = { events: [lcp, inp], signals: [], moments: [], screens: [], calls: [], errors: [] } as unknown as SessionPage;
    const [lane] = laneMarks(page);
    expect(lane?.name).toBe("Vitals");
    expect(lane?.marks.map(({ text }) => text)).toEqual(["0:00 INP 240\u00a0ms, good", "0:00 LCP 3.4\u00a0s, poor"]);
  });
});

it("speeds go from a half to sixteen", () => {
  expect([SPEEDS[0], SPEEDS[SPEEDS.length - 1]]).toEqual([0.5, 16]);
});

describe("the signal that a moment is judged by", () => {
  it("is the nearest that had begun, of two as near the dearer one", () => {
    const [far, near, later] = [signal(0, 1_000), signal(9_000, 9_500), signal(13_000, 14_000)];
    const at = moment(10_000);
    expect(judgedBy([at], [far, near, later]).get(at)).toBe(near);
    const [cheap, dear] = [signal(10_000, 10_000, "dead_click", 1), signal(9_000, 11_000, "rage_click", 5)];
    expect(judgedBy([at], [cheap, dear]).get(at)).toBe(dear);
  });

  it("stands at one moment only, and at none that says nothing or is too far away", () => {
    const one = signal(10_000, 10_000);
    const [first, second] = [moment(14_000), moment(10_500)];
    const found = judgedBy([first, second], [one]);
    expect([found.get(first), found.get(second)]).toEqual([undefined, one]);
    expect(judgedBy([moment(10_000, "unknown"), moment(10_000, "neutral"), moment(41_000)], [one]).size).toBe(0);
    expect(judgedBy([moment(10_000)], [signal(10_000, 10_000, "multi_click")]).size).toBe(0);
  });
});

it("the moment at the playhead is the last one reached, before the first the first", () => {
  const moments = [moment(20_000), moment(5_000)];
  expect(nearestMoment(moments, 0)).toBe(moments[1]);
  expect(nearestMoment(moments, 19_000)).toBe(moments[1]);
  expect(nearestMoment(moments, 20_000)).toBe(moments[0]);
  expect(nearestMoment([], 0)).toBeUndefined();
});

describe("the list of sessions with the same trouble", () => {
  const issue = { type: "rage_click", cause: "noans" as const, api: null, element: null, element_label: null, page: null };
  it("is about the kind of the worst issue at its API, else its element on its screen, else its screen", () => {
    const place_type = "rage_click";
    expect(sameTrouble([{ ...issue, api: "POST /pay", element: "#pay", page: "/cart" }])).toEqual({ search: { place_kind: "api", place: "POST /pay", place_type }, said: "rage click: POST /pay" });
    expect(sameTrouble([{ ...issue, element: "#pay", element_label: "Pay now", page: "/cart" }])).toEqual({ search: { place_kind: "element", place: "#pay", place_screen: "/cart", place_type }, said: "rage click: “Pay now” on /cart" });
    expect(sameTrouble([{ ...issue, element: "#pay" }])).toEqual({ search: { place_kind: "element", place: "#pay", place_screen: "", place_type }, said: "rage click: #pay" });
    expect(sameTrouble([{ ...issue, page: "/cart" }])).toEqual({ search: { place_kind: "screen", place: "/cart", place_type }, said: "rage click: /cart" });
  });
  it("is the list that one comes from, where the session lost points at its place", () => {
    const issues = [{ ...issue, element: "#go", page: "/cart" }, { ...issue, cause: "fail" as const, type: "failed_request", api: "POST /pay", element: "#pay", page: "/pay" }];
    const list = { cause: "fail" as const, place_kind: "element" as const, place: "#pay", place_screen: "/pay" };
    expect(sameTrouble(issues, list)).toEqual({ search: list, said: "failing at #pay on /pay" });
    expect(sameTrouble(issues, { place_kind: "api", place: "POST /pay" })?.search).toEqual({ cause: "fail", place_kind: "api", place: "POST /pay", place_screen: undefined });
    expect(sameTrouble(issues, { ...list, place_type: "failed_request" })?.search).toEqual({ ...list, place_type: "failed_request" });
    for (const other of [{ ...list, place: "#other" }, { ...list, cause: "wait" as const }, { ...list, place_screen: "/" }, { ...list, place_type: "error_click" }]) expect(sameTrouble(issues, other)?.search).toEqual({ place_kind: "element", place: "#go", place_screen: "/cart", place_type: "rage_click" });
  });
  it("is none without a place", () => {
    expect(sameTrouble([issue])).toBeUndefined();
    expect(sameTrouble([{ ...issue, type: "minor", page: "/" }])).toBeUndefined();
  });
});

describe("going from event to event", () => {
  const times = stepTimes({ events: [event(500, "click"), event(10, "pointer"), event(100, "screen_view")], signals: [signal(500, 600)], calls: [], errors: [] });
  it("meets each moment once, without what comes many times a second", () => {
    expect(times).toEqual([100, 500]);
    expect([stepFrom(times, 100, 1), stepFrom(times, 500, 1), stepFrom(times, 500, -1), stepFrom(times, 100, -1)]).toEqual([500, undefined, 100, undefined]);
  });
});

describe("g and a letter", () => {
  const press = (hear: (event: Parameters<ReturnType<typeof goKeys>>[0]) => void, key: string, timeStamp: number, more: object = {}) => {
    const stopPropagation = vi.fn();
    hear({ key, timeStamp, altKey: false, ctrlKey: false, metaKey: false, target: document.body, preventDefault: vi.fn(), stopPropagation, ...more });
    return stopPropagation.mock.calls.length > 0;
  };
  let field: HTMLInputElement;
  beforeAll(() => {
    field = document.createElement("input");
  });

  it("goes to a page, and keeps the letter from the page's own keys", () => {
    const went: string[] = [];
    const hear = goKeys((to) => went.push(to));
    expect([press(hear, "g", 0), press(hear, "s", 300), press(hear, "G", 900), press(hear, "j", 1000)]).toEqual([false, true, false, true]);
    expect(went).toEqual([GO.s, GO.j]);
  });

  it("not too late, not after another key, not where somebody types, not with a modifier", () => {
    const went: string[] = [];
    const hear = goKeys((to) => went.push(to));
    press(hear, "g", 0);
    press(hear, "l", WITHIN_MS + 1);
    press(hear, "g", 5000);
    press(hear, "x", 5100);
    press(hear, "o", 5200);
    press(hear, "g", 8000, { target: field });
    press(hear, "o", 8100, { target: field });
    press(hear, "g", 9000);
    press(hear, "l", 9100, { ctrlKey: true });
    expect(went).toEqual([]);
  });
});
