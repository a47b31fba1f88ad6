import { describe, expect, it } from "vitest";
import { aboutTime, clock, duration, groupScore, lengthWords, points, roundToSum, share, shorten, signed } from "../src/format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("durations", () => {
  it.each([
    [0, "0 ms"], [690, "690 ms"], [999, "999 ms"], [1000, "1.0 s"], [4_800, "4.8 s"], [9_949, "9.9 s"], [9_960, "10 s"],
    [59_499, "59 s"], [59_600, "1 min"], [72_000, "1 min 12 s"], [7_500_000, "2 h 5 min"],
  ])("writes %i ms as %s", (ms, text) => {
    expect(plain(duration(ms))).toBe(text);
  });
});

it.each([
  ["2026-11-25T05:55:12", "Wed 25 Nov, about 06:00"],
  ["2026-11-25T06:29:59", "Wed 25 Nov, about 06:00"],
  ["2026-11-25T23:30:00", "Thu 26 Nov, about 00:00"],
])("says the estimated time %s to the hour: %s", (local, text) => {
  expect(aboutTime(new Date(local).toISOString())).toBe(text);
});

describe("a place in a recording", () => {
  it.each([[0, "0:00"], [198_999, "3:18"], [3_723_000, "1:02:03"], [-5, "0:00"]])("writes %i ms as %s", (ms, text) => {
    expect(clock(ms)).toBe(text);
  });
});

describe("the length of a visit", () => {
  it.each([[24_780, "24 s"], [25_000, "25 s"], [4_999, "4 s"], [72_900, "1 min 12 s"], [400, "1 s"]])("cuts %i ms as the player does: %s", (ms, text) => {
    expect(plain(lengthWords(ms))).toBe(text);
  });
});

describe("numbers", () => {
  it("uses a true minus, and none for what rounds to nothing", () => {
    expect(points(-3.84)).toBe("−3.8");
    expect(points(-0.04)).toBe("0.0");
    expect(signed(2.06)).toBe("+2.1");
    expect(signed(-0.01)).toBe("±0.0");
  });

  it("never lets rounding carry a score into a better band", () => {
    expect(groupScore(89.96)).toBe("89.9");
    expect(groupScore(49.97)).toBe("49.9");
    expect(groupScore(90)).toBe("90.0");
    expect(groupScore(71.43)).toBe("71.4");
  });

  it("gives shares one decimal under 20 %, none above", () => {
    expect(plain(share(0.142))).toBe("14.2 %");
    expect(plain(share(0.21))).toBe("21 %");
    expect(plain(share(0.0001))).toBe("under 0.1 %");
    expect(plain(share(0))).toBe("0.0 %");
    expect([0.994, 0.9961, 0.9999, 1].map((value) => plain(share(value)))).toEqual(["99 %", "99.6 %", "over 99.9 %", "100 %"]);
  });

  it("shortens in the middle and keeps the end", () => {
    expect(shorten("/checkout/payment", 40)).toBe("/checkout/payment");
    expect(shorten("/checkout/payment", 9)).toBe("/che…ment");
  });
});

describe("rounding to a sum", () => {
  it("adds up to the rounded total", () => {
    const shown = roundToSum([9.72, 8.41, 4.93, 2.58, 2.06, 0.87], 28.6, 1);
    expect(shown).toEqual([9.7, 8.4, 4.9, 2.6, 2.1, 0.9]);
    expect(shown.reduce((sum, n) => sum + n * 10, 0)).toBeCloseTo(286, 9);
  });

  it("gives the missing units to the largest remainders", () => {
    expect(roundToSum([0.5, 0.5, 1], 2, 0)).toEqual([1, 0, 1]);
    expect(roundToSum([33.34, 33.33, 33.33], 100, 0)).toEqual([34, 33, 33]);
  });
});
