// @vitest-environment jsdom
import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { chosenPeriod, moved } from "../src/charts/time_axis";
import { PeriodPick } from "../src/charts/period_pick";

const { change } = vi.hoisted(() => ({ change: vi.fn() }));
vi.mock("../src/place", () => ({ useChangeSearch: () => change }));
vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const HOURS = [8, 9, 10, 11].map((hour) => new Date(Date.UTC(2026, 10, 20, hour)).toISOString());
const period = { since: "2026-11-20T08:20:00Z", until: "2026-11-20T11:40:00Z" };
const buckets = { starts: HOURS, bucketS: 3600, period };
const between = (since: string, until: string) => ({ period: undefined, since: `2026-11-20T${since}:00.000Z`, until: `2026-11-20T${until}:00.000Z` });

it("makes a period of whole buckets, cut at the ends of what is shown", () => {
  expect(chosenPeriod(buckets, 1, 2)).toEqual(between("09:00", "11:00"));
  expect(chosenPeriod(buckets, 0, 0)).toEqual(between("08:20", "09:00"));
  expect(chosenPeriod(buckets, 2, 3)).toEqual(between("10:00", "11:40"));
  expect(chosenPeriod(buckets, 0, 3)).toBeNull();
});

it("moves along the axis and stays on it", () => {
  expect(moved(null, "ArrowRight", false, 4)).toEqual({ at: 0, from: null });
  expect(moved(null, "ArrowLeft", false, 4)).toEqual({ at: 3, from: null });
  expect(moved({ at: 3, from: null }, "ArrowRight", false, 4)).toEqual({ at: 3, from: null });
  expect(moved({ at: 1, from: null }, "ArrowRight", true, 4)).toEqual({ at: 2, from: 1 });
  expect(moved({ at: 2, from: 1 }, "End", true, 4)).toEqual({ at: 3, from: 1 });
  expect(moved({ at: 2, from: 1 }, "ArrowLeft", false, 4)).toEqual({ at: 1, from: null });
  expect(moved({ at: 2, from: 1 }, "x", false, 4)).toBeUndefined();
  expect(moved(null, "ArrowRight", false, 0)).toBeUndefined();
});

let root: Root;
let box: HTMLElement;
const show = vi.fn();
const open = vi.fn();
const pressed = vi.fn();

beforeEach(() => {
  for (const mock of [change, show, open, pressed]) mock.mockClear();
  HTMLElement.prototype.setPointerCapture = vi.fn();
  const place = document.body.appendChild(document.createElement("div"));
  root = createRoot(place);
  // Four buckets of 100 px each, at the window's left edge.
  const places = { indexAt: (x: number) => Math.min(3, Math.max(0, Math.floor(x / 100))), stretch: (index: number): [number, number] => [index * 100, (index + 1) * 100], show };
  act(() =>
    root.render(
      <PeriodPick axis={{ ...buckets, name: "Score", say: (index) => `bucket ${index}`, onOpen: open }} places={() => places}>
        <a href="#x" onClick={pressed}>bar</a>
      </PeriodPick>,
    ),
  );
  box = place.querySelector("[role=application]") as HTMLElement;
});

afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

const said = () => box.querySelector("[aria-live]")?.textContent;
const key = (name: string, shiftKey = false) => act(() => void box.dispatchEvent(new KeyboardEvent("keydown", { key: name, shiftKey, bubbles: true, cancelable: true })));

function pointer(type: string, clientX: number, target: Element = box): void {
  const event = new MouseEvent(type, { clientX, bubbles: true, cancelable: true, button: 0 });
  Object.assign(event, { isPrimary: true, pointerId: 1 });
  act(() => void target.dispatchEvent(event));
}

it("says and shows each bucket under the cursor of the keyboard", () => {
  expect(said()).toBe("");
  key("ArrowRight");
  key("ArrowRight");
  expect(said()).toBe("bucket 1");
  expect(show.mock.calls).toEqual([[0], [1]]);
  expect(box.querySelector<HTMLElement>(".period-cursor")?.style.left).toBe("100px");
  key("Enter");
  expect(open).toHaveBeenCalledWith(1);
  expect(change).not.toHaveBeenCalled();
});

it("shows the period that was chosen with Shift and the arrows", () => {
  key("ArrowRight");
  key("ArrowRight");
  key("ArrowRight", true);
  expect(said()).toContain("chosen");
  expect(box.querySelector<HTMLElement>(".period-chosen")?.style).toMatchObject({ left: "100px", width: "200px" });
  key("Enter");
  expect(change).toHaveBeenCalledWith(between("09:00", "11:00"));
  expect(open).not.toHaveBeenCalled();
  expect(said()).toBe("");
});

it("is left with Escape, as if nothing had been chosen", () => {
  key("ArrowLeft");
  key("ArrowLeft", true);
  key("Escape");
  expect(said()).toBe("");
  expect(show).toHaveBeenLastCalledWith(null);
  key("Enter");
  expect(change).not.toHaveBeenCalled();
  expect(open).not.toHaveBeenCalled();
});

it("shows the period that the pointer was dragged over, in whichever direction", () => {
  pointer("pointerdown", 290);
  pointer("pointermove", 120);
  expect(box.querySelector<HTMLElement>(".period-chosen")?.style).toMatchObject({ left: "100px", width: "200px" });
  pointer("pointerup", 120);
  expect(change).toHaveBeenCalledWith(between("09:00", "11:00"));
});

it("takes a short move for a press, and the end of a drag for none", () => {
  const link = box.querySelector("a") as Element;
  pointer("pointerdown", 150, link);
  pointer("pointermove", 153, link);
  pointer("pointerup", 153, link);
  pointer("click", 153, link);
  expect(pressed).toHaveBeenCalledTimes(1);
  expect(change).not.toHaveBeenCalled();
  pointer("pointerdown", 150, link);
  pointer("pointermove", 250, link);
  pointer("pointerup", 250, link);
  pointer("click", 250, link);
  expect(pressed).toHaveBeenCalledTimes(1);
  expect(change).toHaveBeenCalledTimes(1);
});

it("gives up when the browser takes the pointer to scroll, and with Escape", () => {
  for (const end of [() => pointer("pointercancel", 250), () => key("Escape")]) {
    pointer("pointerdown", 150);
    pointer("pointermove", 250);
    end();
    expect(box.querySelector(".period-chosen")).toBeNull();
    pointer("pointerup", 250);
  }
  expect(change).not.toHaveBeenCalled();
});
