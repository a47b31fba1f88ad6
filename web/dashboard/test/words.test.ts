import { describe, expect, it } from "vitest";
import { coverageWords, eventWords, minorWords, unjudgedWords } from "../src/session/said";
import { causeOfSignal, findingPhrase, signalName } from "../src/words";

const sentence = (found: Parameters<typeof findingPhrase>[0]) => {
  const { before, place, after } = findingPhrase(found);
  return before + place + after;
};

describe("the finding", () => {
  it.each([
    ["wait", "api", "POST /api/payments", null, null, "waiting for POST /api/payments"],
    ["fail", "api", "POST /api/payments", null, null, "POST /api/payments failing"],
    ["fail", "screen", "/cart", null, null, "failing on /cart"],
    ["noans", "element", "#voucher", "/cart", "Apply voucher", "clicking “Apply voucher” on /cart without an answer"],
    ["noans", "element", "#voucher", null, null, "clicking #voucher without an answer"],
    ["fail", "error", "3f2a9c0d11aa77ee", null, "RangeError: stray", "failing with “RangeError: stray”"],
    ["circle", "screen", "/search", null, null, "going in circles around /search"],
  ] as const)("%s at %s reads as a sentence", (cause, place_kind, place, place_screen, label, text) => {
    expect(sentence({ cause, place_kind, place, place_screen, label })).toBe(text);
  });
});

describe("names of signals and events", () => {
  it("reads an unknown detector as it is stored, as the mildest cause", () => {
    expect(signalName("new_thing")).toBe("new thing");
    expect(causeOfSignal("new_thing")).toBe("restless");
    expect(causeOfSignal("unfinished_wait")).toBe("wait");
  });

  it("quotes a label, not a selector", () => {
    expect(eventWords({ type: "click", label: "Pay now", element_id: "#pay", screen: "/cart", detail: {} })).toBe("Click on “Pay now”");
    expect(eventWords({ type: "click", label: null, element_id: "#pay", screen: "/cart", detail: {} })).toBe("Click on #pay");
    expect(eventWords({ type: "click", label: null, element_id: null, screen: null, detail: {} })).toBe("Click");
    expect(eventWords({ type: "screen_view", label: null, element_id: null, screen: "/cart", detail: {} })).toBe("Opened /cart");
    expect(eventWords({ type: "coupon_used", label: null, element_id: null, screen: null, detail: {} })).toBe("coupon_used");
  });

  it("shows what a custom event carries, and only that", () => {
    const bare = { label: null, element_id: null, screen: "/cart" };
    expect(eventWords({ ...bare, type: "order_completed", detail: { items: 3, express: true } })).toBe("order_completed — items: 3, express: true");
    expect(eventWords({ ...bare, type: "click", detail: { tag: "button" } })).toBe("Click");
    expect(eventWords({ ...bare, type: "visibility", detail: { state: "hidden", active_ms: 5 } })).toBe("Tab hidden");
    expect(eventWords({ ...bare, type: "visibility", detail: { state: "visible" } })).toBe("Tab shown");
  });

  it("does not call short waits a slow API", () => {
    expect(minorWords({ js_error: 1, slow_api: 14, dead_click: 2, note: "x" })).toBe("short waits for calls, 14 times; dead click, twice; JavaScript error");
    expect(minorWords({ web_vital_fcp: 4, slow_api: 5, web_vital_lcp: 4 })).toBe("web vitals, 8 times; short waits for calls, 5 times");
  });

  it("says which causes nothing judges yet", () => {
    expect(unjudgedWords([])).toBe("");
    expect(unjudgedWords(["form"])).toBe("Forms are not judged yet.");
    expect(unjudgedWords(["circle", "form", "restless"])).toBe("Loops, forms and scrolling are not judged yet.");
  });

  it("counts the vitals that were measured", () => {
    const coverage = { measured: ["web_vital LCP", "api_latency", "click answers"], not_measured: ["web_vital INP"] };
    expect(coverageWords(coverage)).toBe("screens, errors, APIs, click answers, 1 of 2 vitals");
  });
});
