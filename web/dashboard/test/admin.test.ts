import { describe, expect, it } from "vitest";
import { keepPlaces } from "../src/live/order";
import { percent, shareOf } from "../src/settings/project_card";
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
