import { describe, expect, it } from "vitest";
import { asked, beforeWords, bucketPart, datesOf, instant, localDate, periodKey, resolvePeriod } from "../src/period";
import { kept, parseSearch, readQuery, writeQuery } from "../src/search";

const NOW = new Date(2026, 10, 21, 14, 2, 30).getTime();
const DAY = 86_400_000;

describe("the period in the URL", () => {
  it("is the last seven days when nothing is said, up to the next whole minute", () => {
    const period = resolvePeriod({}, NOW);
    expect(period.preset).toBe("7d");
    expect(period.until).toEqual(new Date(2026, 10, 21, 14, 3));
    expect(period.until.getTime() - period.since.getTime()).toBe(7 * DAY);
  });

  it("is the same for two pages opened within a minute", () => {
    expect(resolvePeriod({ period: "24h" }, NOW)).toEqual(resolvePeriod({ period: "24h" }, NOW + 20_000));
  });

  it("includes the whole last day of chosen dates", () => {
    const period = resolvePeriod({ since: "2026-11-15", until: "2026-11-21" }, NOW);
    expect(period).toEqual({ preset: null, since: new Date(2026, 10, 15), until: new Date(2026, 10, 22) });
    expect(localDate(period.since)).toBe("2026-11-15");
  });

  it("takes instants as they are, half-open", () => {
    const period = resolvePeriod({ since: "2026-11-15T10:00:00Z", until: "2026-11-15T11:00:00Z" }, NOW);
    expect(period.until.toISOString()).toBe("2026-11-15T11:00:00.000Z");
  });

  it.each([
    [{ since: "2026-11-21T00:00:00Z", until: "2026-11-20T00:00:00Z" }],
    [{ since: "2026-11-20" }],
    [{ since: "never", until: "2026-11-21" }],
  ])("falls back to the preset for %j", (search) => {
    expect(resolvePeriod({ ...search, period: "30d" }, NOW).preset).toBe("30d");
  });

  it("writes its dates short", () => {
    expect(datesOf(new Date(2026, 10, 15), new Date(2026, 10, 22), new Date(NOW))).toBe("15–21 Nov");
    expect(datesOf(new Date(2026, 9, 29), new Date(2026, 10, 5), new Date(NOW))).toBe("29 Oct – 4 Nov");
    expect(datesOf(new Date(2026, 10, 21), new Date(2026, 10, 22), new Date(NOW))).toBe("21 Nov");
  });

  it("names years that are not this one", () => {
    const later = new Date(2027, 3, 1);
    expect(datesOf(new Date(2026, 10, 15), new Date(2026, 10, 22), later)).toBe("15 Nov 2026 – 21 Nov 2026");
    expect(datesOf(new Date(2026, 10, 21), new Date(2026, 10, 22), later)).toBe("21 Nov 2026");
    expect(datesOf(new Date(2026, 11, 30), new Date(2027, 0, 3), later)).toBe("30 Dec 2026 – 2 Jan 2027");
    expect(datesOf(new Date(2026, 10, 21), new Date(2026, 10, 21, 6), later)).toBe("21 Nov 2026, 00:00 – 21 Nov 2026, 06:00");
  });

  it("writes the hours of a part of a day, also where it begins at midnight", () => {
    const [midnight, six] = [new Date(2026, 10, 21), new Date(2026, 10, 21, 6)];
    expect(datesOf(midnight, six, new Date(NOW))).toBe("21 Nov, 00:00 – 21 Nov, 06:00");
    expect(beforeWords({ preset: null, since: midnight, until: six })).toBe("the 6\u00a0h before");
    expect(beforeWords({ preset: null, since: midnight, until: new Date(2026, 10, 22) })).toBe("the day before");
    expect(beforeWords({ preset: null, since: midnight, until: new Date(2026, 10, 24) })).toBe("the 3 days before");
  });

  it("cuts a bucket that reaches over it, as the server counts", () => {
    const period = { since: "2026-11-21T10:30:00Z", until: "2026-11-22T10:30:00Z" };
    const [first, whole, last] = ["09:00", "12:00", "09:00"].map((time, index) => bucketPart(`2026-11-${index === 2 ? 22 : 21}T${time}:00Z`, 10_800, period));
    expect(first).toEqual({ since: "2026-11-21T10:30:00.000Z", until: "2026-11-21T12:00:00.000Z" });
    expect(whole).toEqual({ since: "2026-11-21T12:00:00.000Z", until: "2026-11-21T15:00:00.000Z" });
    expect(last).toEqual({ since: "2026-11-22T09:00:00.000Z", until: "2026-11-22T10:30:00.000Z" });
  });

  it("knows a text that is no date", () => {
    expect(instant("soon")).toBeNull();
  });
});

describe("what is asked of the server", () => {
  it("leaves a preset's end open, and moves its beginning with the time", () => {
    const opened = resolvePeriod({ period: "24h" }, NOW);
    expect(asked(opened, NOW)).toEqual({ since: opened.since.toISOString() });
    expect(asked(opened, NOW + DAY)).toEqual({ since: new Date(opened.since.getTime() + DAY).toISOString() });
    expect(periodKey(opened)).toBe(periodKey(resolvePeriod({ period: "24h" }, NOW + DAY)));
  });

  it("asks for exactly the days that were chosen, whenever it asks", () => {
    const chosen = resolvePeriod({ since: "2026-11-15", until: "2026-11-21" }, NOW);
    expect(asked(chosen, NOW)).toEqual({ since: chosen.since.toISOString(), until: chosen.until.toISOString() });
    expect(asked(chosen, NOW + DAY)).toEqual(asked(chosen, NOW));
  });
});

describe("the other parameters", () => {
  it("keeps what it knows and drops the rest", () => {
    expect(parseSearch({ period: "8d", device: "phone", cause: "evil", min_score: "50", max_score: "101", t: "12", q: " ", junk: "1" })).toEqual({
      device: "phone", min_score: 50, t: 12,
    });
  });

  it("survives the way through an address, also for texts that look like numbers", () => {
    const search = parseSearch({ place_kind: "api", place: "POST /api/payments", q: "007", period: "24h" });
    expect(parseSearch(readQuery(writeQuery({ ...search })))).toEqual(search);
  });

  it("leaves period and segment when one goes to another page", () => {
    expect(kept(parseSearch({ period: "24h", device: "tablet", q: "x", t: "3" }))).toEqual({ period: "24h", device: "tablet" });
  });
});
