import { describe, expect, it } from "vitest";
import { driftWords } from "../src/heatmaps/drift";
import { otherOf, writeOther } from "../src/heatmaps/other";
import type { HeatDrift, HeatPage } from "../src/types";

const DRIFT: HeatDrift = { screen: "/cart", width: null, newest_view_at: "2026-11-20T12:00:00Z", changes: [] };
const page = (taken_at: string | null) => ({ session_id: null, taken_at, width_px: null, height_px: null, events: null }) as HeatPage;
const CHANGE = { release: "2.0", before: "1.0", at: "2026-11-19T12:00:00Z", page_px: 3000, page_px_before: 2000, gone: ["Voucher"], appeared: [] };

describe("the notice under a map", () => {
  it("says nothing of a page that is as new as its views", () => {
    expect(driftWords(DRIFT, page("2026-11-20T11:00:00Z"))).toEqual([]);
    expect(driftWords(DRIFT, undefined)).toEqual([]);
    expect(driftWords({ ...DRIFT, newest_view_at: null }, page("2026-11-20T11:00:00Z"))).toEqual([]);
  });

  it("says when the page is older than the newest view", () => {
    expect(driftWords(DRIFT, page("2026-11-18T11:00:00Z"))[0]).toContain("The page was recorded");
  });

  it("says what changed with which release, and on which side of it the page is", () => {
    const [said = ""] = driftWords({ ...DRIFT, changes: [CHANGE] }, page("2026-11-20T11:00:00Z"));
    expect(said).toContain("Release 2.0, first seen");
    expect(said).toContain("3,000 px high instead of 2,000; nobody clicks “Voucher” any more");
    expect(said).toContain("from after that");
    expect(driftWords({ ...DRIFT, changes: [CHANGE] }, page("2026-11-19T11:00:00Z")).at(-1)).toContain("from before that");
    expect(driftWords({ ...DRIFT, changes: [CHANGE] }, undefined)[0]).not.toContain("drawn on");
  });
});

describe("the second segment", () => {
  it("goes through the address and back", () => {
    const other = { device: "phone", having: ["call:failed:GET /a&b", "score:0-50"], release: "" } as const;
    expect(otherOf({ against: "segment", other: writeOther(other) })).toEqual(other);
  });

  it("is everybody without conditions, and nobody where none is asked for", () => {
    expect(writeOther({})).toBeUndefined();
    expect(otherOf({ against: "segment" })).toEqual({});
    expect(otherOf({ against: "before", other: "device=phone" })).toBeNull();
    expect(otherOf({ against: "segment", other: "device=toaster&period=24h&q=x" })).toEqual({});
  });
});
