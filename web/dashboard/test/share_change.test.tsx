// @vitest-environment jsdom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, expect, it, vi } from "vitest";
import { SessionsChange } from "../src/parts/sessions_change";
import { rise } from "../src/rise";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
// jsdom has no popovers.
HTMLElement.prototype.showPopover = () => {};
vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} });
let root: Root | null = null;

afterEach(() => {
  act(() => root?.unmount());
  root = null;
  document.body.replaceChildren();
});

/** The change of `now` of `all` sessions against `before` of `allBefore`; its tooltip as the keyboard opens it. */
function draw(now: number, all: number, before: number | null, allBefore: number | null) {
  const box = document.body.appendChild(document.createElement("div"));
  const made = (root = createRoot(box));
  act(() => made.render(<SessionsChange now={now} before={before} all={all} allBefore={allBefore} meaning="more hurts" />));
  const told = box.querySelector<HTMLElement>(".told");
  const matches = told && vi.spyOn(told, "matches").mockReturnValue(true);
  act(() => told?.focus());
  const tooltip = document.querySelector("[role=tooltip]")?.textContent ?? "";
  matches?.mockRestore();
  return { text: box.querySelector(".change")?.textContent, tone: box.querySelector(".change")?.className, mark: box.querySelector(".unclear"), tooltip };
}

it.each([
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [5, 56, 0, 29, -0.0381, 0.1926],
])("gives the published interval of %i/%i - %i/%i", (now, all, before, allBefore, low, high) => {
  const found = rise({ count: now, of: all }, { count: before, of: allBefore });
  expect(found?.low).toBeCloseTo(low, 4);
  expect(found?.high).toBeCloseTo(high, 4);
});

it("says nothing of nothing", () => {
  expect(rise({ count: 0, of: 0 }, { count: 1, of: 2 })).toBeNull();
});

it("colours a change that is sure, and tells its interval and counts", () => {
  const { text, tone, mark, tooltip } = draw(120, 400, 60, 400);
  expect(text).toBe("▲ +15.0 pt");
  expect(tone).toBe("change worse");
  expect(mark).toBeNull();
  expect(tooltip).toMatch(/^95\u00a0% interval \+9\.\d pt to \+20\.\d pt\. 120 of 400\u00a0sessions now, 60 of 400\u00a0sessions before\.$/);
});

it("says that a change whose interval holds zero is not clear, and leaves it grey", () => {
  const { text, tone, mark, tooltip } = draw(64, 400, 60, 400);
  expect(text).toBe("▲ +1.0 pt");
  expect(tone).toBe("change same");
  expect(mark).not.toBeNull();
  expect(tooltip).toContain("No clear difference. 95\u00a0% interval −");
});

it("is too few to tell below 100 sessions on either side", () => {
  for (const [all, allBefore] of [[99, 400], [400, 99]] as const) {
    const { text, tooltip } = draw(60, all, 20, allBefore);
    expect(text).toBe("few");
    expect(tooltip).toContain("Too few to tell: 100\u00a0sessions in each period are needed.");
    act(() => root?.unmount());
    root = null;
  }
  expect(draw(60, 100, 20, 100).text).not.toBe("few");
});

it("is a dash where there is nothing to compare with", () => {
  expect(draw(60, 400, null, null).text).toBe("–");
});
