// @vitest-environment jsdom
import { act, createRef } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LONG, LongRows, rowCount, type LongRowsHandle } from "../src/parts/long_rows";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
const HEIGHT = 50;
let root: Root;
let scrolled = 0;

/** A layout as a browser would make it: rows of 50 px, the table at the page's top. */
beforeEach(() => {
  scrolled = 0;
  vi.stubGlobal("ResizeObserver", class { observe() {} disconnect() {} });
  vi.stubGlobal("requestAnimationFrame", (call: () => void) => (call(), 1));
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return (this.tagName === "TR" ? { top: 0, height: HEIGHT } : { top: -scrolled, height: 0 }) as DOMRect;
  });
  Element.prototype.scrollIntoView = vi.fn();
});

afterEach(() => {
  act(() => root.unmount());
  document.body.replaceChildren();
});

const handle = createRef<LongRowsHandle>();

function draw(names: readonly string[]): HTMLTableElement {
  const box = document.body.appendChild(document.createElement("div"));
  root = createRoot(box);
  const table = (
    <table {...rowCount(names.length)}>
      <LongRows as="tbody" ref={handle} rows={names} total={names.length} keyOf={(name) => name} height={40}>
        {(name, place) => (
          <tr {...place}>
            <td>
              <a href="#x">{name}</a>
            </td>
          </tr>
        )}
      </LongRows>
    </table>
  );
  act(() => root.render(table));
  return box.querySelector("table") as HTMLTableElement;
}

const many = Array.from({ length: 500 }, (_, index) => `row ${index}`);
const rowsOf = (table: Element) => [...table.querySelectorAll<HTMLElement>("[data-row]")];
const heightOf = (table: Element) => [...table.querySelectorAll<HTMLElement>("tbody > tr")].reduce((sum, row) => sum + (row.className === "row-gap" ? parseFloat(row.querySelector("td")?.style.height ?? "0") : HEIGHT), 0);

function scroll(y: number): void {
  scrolled = y;
  act(() => void window.dispatchEvent(new Event("scroll")));
}

it("draws all of a short list", () => {
  const table = draw(many.slice(0, LONG));
  expect(rowsOf(table).length).toBe(LONG);
  expect(table.querySelector(".row-gap")).toBeNull();
});

it("draws of 500 rows those near the window, and the last when it is scrolled to", () => {
  const table = draw(many);
  expect(rowsOf(table).length).toBeLessThan(60);
  expect(heightOf(table)).toBe(500 * HEIGHT);
  scroll(499 * HEIGHT);
  expect(rowsOf(table).length).toBeLessThan(60);
  expect(rowsOf(table).at(-1)?.textContent).toBe("row 499");
  expect(heightOf(table)).toBe(500 * HEIGHT);
});

it("counts rows for those who do not see them", () => {
  const table = draw(many);
  expect(table.getAttribute("aria-rowcount")).toBe("501");
  scroll(499 * HEIGHT);
  expect(rowsOf(table).at(-1)?.getAttribute("aria-rowindex")).toBe("501");
  expect(table.querySelector(".row-gap")?.getAttribute("aria-hidden")).toBe("true");
});

it("is reached row by row from the keyboard, and keeps the row in focus", () => {
  const table = draw(many);
  act(() => handle.current?.reach(499, true));
  expect(document.activeElement?.textContent).toBe("row 499");
  scroll(0);
  expect(document.activeElement?.textContent).toBe("row 499");
  expect(rowsOf(table).length).toBeLessThan(60);
  act(() => handle.current?.reach(500, true));
  expect(document.activeElement?.textContent).toBe("row 499");
});

it("is whole on paper", () => {
  const table = draw(many);
  act(() => void window.dispatchEvent(new Event("beforeprint")));
  expect(rowsOf(table).length).toBe(500);
  act(() => void window.dispatchEvent(new Event("afterprint")));
  expect(rowsOf(table).length).toBeLessThan(60);
});
