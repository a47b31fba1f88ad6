import { describe, expect, it } from "vitest";
import { keepPlaces } from "../src/live/order";
import { percent, shareOf } from "../src/settings/project_card";
import { hoursOf, summed } from "../src/system/hours";
import { systemWords } from "../src/system_words";

describe("rows of Live", () => {
  it("keep their places while new ones wait", () => {
    expect(keepPlaces(null, ["a", "b"])).toEqual({ shown: ["a", "b"], waiting: 0 });
    expect(keepPlaces(["a", "b"], ["c", "b", "a"])).toEqual({ shown: ["a", "b"], waiting: 1 });
    expect(keepPlaces(["a", "b"], ["c", "b"])).toEqual({ shown: ["b"], waiting: 1 });
  });

  it("are all shown when nothing is left to read", () => {
    expect(keepPlaces(["a"], ["b", "c"])).toEqual({ shown: ["b", "c"], waiting: 0 });
    expect(keepPlaces([], [])).toEqual({ shown: [], waiting: 0 });
  });
});

describe("a share in percent", () => {
  it("is read as people write it, and refused outside of 0 to 100", () => {
    expect(["50", " 12,5 % ", "0", "100"].map(shareOf)).toEqual([0.5, 0.125, 0, 1]);
    expect(["", "-1", "101", "many", "NaN"].map(shareOf)).toEqual([null, null, null, null, null]);
    expect([percent(0.1), percent(1), percent(0.3333)]).toEqual(["10", "100", "33.33"]);
  });
});

describe("a size", () => {
  it("has the unit that fits, and never reads as nothing when there is something", () => {
    expect([0, 12, 8192, 2.5e6, 3.2e9].map(systemWords.unit)).toEqual(["0 kB", "1 kB", "8 kB", "2.5 MB", "3.2 GB"]);
  });
});

describe("batches by hour", () => {
  const since = "2026-11-28T08:00:00Z";
  const at = (hour: string, received_batches: number, lost_batches: number) => ({ hour, received_batches, lost_batches });

  it("are 24, those without a batch too, each in its place", () => {
    const hours = hoursOf({ hours_since: since, hours: [at("2026-11-28T08:00:00Z", 5, 1), at("2026-11-29T07:00:00+00:00", 2, 0)] });
    expect(hours.length).toBe(24);
    expect([hours[0], hours[1], hours[23]].map((one) => [one?.received, one?.lost])).toEqual([[5, 1], [0, 0], [2, 0]]);
    expect(new Date(hours[23]?.atMs ?? 0).toISOString()).toBe("2026-11-29T07:00:00.000Z");
  });

  it("are summed up, with the hour that lost most, or none", () => {
    const hours = hoursOf({ hours_since: since, hours: [at("2026-11-28T09:00:00Z", 5, 1), at("2026-11-28T10:00:00Z", 7, 3)] });
    expect(summed(hours)).toMatchObject({ received: 12, lost: 4, worst: { lost: 3, received: 7 } });
    expect(summed(hoursOf({ hours_since: since, hours: [at("2026-11-28T09:00:00Z", 5, 0)] })).worst).toBeNull();
  });
});
