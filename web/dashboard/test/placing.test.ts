import { describe, expect, it } from "vitest";
import { placed } from "../src/controls/placing";

const VIEW = { width: 1000, height: 600 };
const MENU = { width: 200, height: 100 };
const at = (left: number, top: number) => ({ left, top, width: 80, height: 30 });

describe("what floats", () => {
  it("stands on the side asked for, in line with the end asked for", () => {
    expect(placed(at(300, 100), MENU, VIEW, "bottom-start")).toEqual({ left: 300, top: 138 });
    expect(placed(at(300, 100), MENU, VIEW, "bottom-end")).toEqual({ left: 180, top: 138 });
    expect(placed(at(300, 300), MENU, VIEW, "top")).toEqual({ left: 240, top: 192 });
    expect(placed(at(300, 300), MENU, VIEW, "right")).toEqual({ left: 388, top: 265 });
  });

  it("goes to the other side where only that has room", () => {
    expect(placed(at(300, 550), MENU, VIEW, "bottom-start").top).toBe(442);
    expect(placed(at(300, 20), MENU, VIEW, "top-start").top).toBe(58);
  });

  it("never leaves the window", () => {
    expect(placed(at(950, 100), MENU, VIEW, "bottom-start").left).toBe(795);
    expect(placed(at(10, 100), MENU, VIEW, "bottom-end").left).toBe(5);
    expect(placed(at(300, 300), { width: 200, height: 900 }, VIEW, "bottom").top).toBe(5);
  });
});
