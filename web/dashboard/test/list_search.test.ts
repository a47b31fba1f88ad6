import { describe, expect, it } from "vitest";
import { listSearch } from "../src/list_search";
import { listFilters } from "../src/queries";

const given = (search: object) => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));

describe("the list that a session was opened from", () => {
  it("has the list's period, segment, filters and order", () => {
    const list = { period: "7d", screen: "/cart", having: ["call:failed:GET /api"], cause: "wait", element: "#pay", element_screen: "/cart", sort: "score", order: "asc" } as const;
    expect(given(listSearch(list))).toEqual(list);
  });

  it("does not take what a page uses for itself: a heatmap's element, a kind of signals, the playhead", () => {
    const page = { on: "/cart", element: "#pay", kind: "rage_click", layer: "rage", view: "vitals", t: 12, panel: "events", place: "/a" } as const;
    expect(given(listSearch(page))).toEqual({});
  });

  it("is asked for without parameters that the API refuses alone", () => {
    expect(given(listFilters({ element: "#pay", element_signal: "rage", place_kind: "api" }))).toEqual({ sort: "started", order: "desc" });
  });
});
