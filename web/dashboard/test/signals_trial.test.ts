import { describe, expect, it } from "vitest";
import { leaves } from "../src/score/formula";
import { groupOf, overridesWith, whyNot } from "../src/signals/trial";
import { signChips } from "../src/sessions/sign_chips";
import { parseSearch, writeQuery } from "../src/search";
import type { Threshold } from "../src/types";

const one = (name: string, value: number, standard = value): Threshold => ({ name, value, default: standard, lowest: 2, highest: 20, is_whole: true, is_changed: value !== standard, says: "", source: "" });

describe("a trial", () => {
  it("groups numbers by what stands before the point", () => {
    expect(groupOf(one("rage_click.min_clicks", 3))).toBe("rage_click");
  });

  it("refuses what is out of the limits, no whole number, or what holds already", () => {
    const clicks = one("rage_click.min_clicks", 3);
    expect(["1", "21", "3.5", "", "x", "1e99"].map((text) => whyNot(text, clicks))).toEqual(Array.from({ length: 6 }, () => "invalid"));
    expect(whyNot("3", clicks)).toBe("same");
    expect(whyNot(" 4 ", clicks)).toBeNull();
    expect(whyNot("0,5", { ...clicks, is_whole: false, lowest: 0 })).toBeNull();
  });

  it("stores all numbers that differ from the defaults, the others not", () => {
    const table = [one("a.x", 3), one("a.y", 5, 4), one("a.z", 7, 6)];
    expect(overridesWith(table, { "a.x": 9, "a.z": 6 })).toEqual({ "a.x": 9, "a.y": 5 });
    expect(overridesWith(table, {})).toEqual({ "a.y": 5, "a.z": 7 });
  });
});

describe("what a weight leaves", () => {
  it("is 100 e^-w: a crash leaves 30.1, a rage click 70.5", () => {
    expect(leaves(1.2)).toBeCloseTo(30.12, 2);
    expect(leaves(0.35)).toBeCloseTo(70.47, 2);
    expect(leaves(0)).toBe(100);
  });
});

describe("the filters of these pages", () => {
  it("come back from the address as they were, empty ones too", () => {
    const search = { signal_type: "rage_click", signal_element: "", signal_screen: "/cart", lost_on: "/pay", moment: "frustrated", former: "a.1" };
    const back = parseSearch(Object.fromEntries(new URLSearchParams(writeQuery(search))));
    expect(back).toMatchObject(search);
  });

  it("are said in words that can be removed one by one", () => {
    const chips = signChips({ signal_type: "rage_click", signal_element: "", signal_screen: "/cart", lost_on: "/pay", moment: "unknown", former: "a.1" });
    expect(chips.map((chip) => chip.name)).toEqual(["had rage click at an unnamed element on /cart", "lost points on /pay", "had a moment that is not clear", "scored otherwise under a former version"]);
    expect(chips[0]?.drop).toEqual({ signal_type: undefined, signal_element: undefined, signal_screen: undefined });
    expect(signChips({})).toEqual([]);
  });
});
