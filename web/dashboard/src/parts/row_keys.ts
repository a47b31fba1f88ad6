// J and K go from row to row of a list.
import type { RefObject } from "react";
import { usePageKeys } from "../frame/page_keys";
import type { LongRowsHandle } from "./long_rows";

/** The row that holds the focus; -1: none. */
function focusedRow(): number {
  return Number(document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row ?? -1);
}

/** `go`: what is done with the row that J or K leads to; without it the row's link takes the focus. `at`: where they start. */
export function useRowKeys(list: RefObject<LongRowsHandle | null>, count: number, go = (row: number) => list.current?.reach(row, true), at: () => number = focusedRow): void {
  const move = (by: number) => {
    if (count > 0) go(Math.min(count - 1, Math.max(0, at() + by)));
  };
  usePageKeys([
    ["J", () => move(1)],
    ["K", () => move(-1)],
  ]);
}
