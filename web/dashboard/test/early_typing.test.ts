import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { catchTyping, takeTyped } from "../src/frame/early_typing";

const press = (key: string, more: KeyboardEventInit = {}) => document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

describe("typing before the field is there", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    takeTyped();
    vi.useRealTimers();
  });

  it("is kept for the field, and reaches no key of the page", () => {
    const heard = vi.fn();
    document.addEventListener("keydown", heard);
    catchTyping();
    for (const key of ["o", "r", "x", "Backspace", "d", "Shift"]) press(key);
    press("c", { ctrlKey: true });
    expect(takeTyped()).toBe("ord");
    expect(heard.mock.calls.map((given) => (given[0] as KeyboardEvent).key)).toEqual(["Shift", "c"]);
    press("e");
    expect(takeTyped()).toBe("");
    document.removeEventListener("keydown", heard);
  });

  it("ends with Escape, and by itself when no field comes", () => {
    catchTyping();
    press("o");
    press("Escape");
    expect(takeTyped()).toBe("");
    catchTyping();
    press("o");
    vi.advanceTimersByTime(3_001);
    expect(press("o")).toBe(true);
    expect(takeTyped()).toBe("");
  });
});
