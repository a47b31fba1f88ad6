// The rows of a table or list that may have hundreds: only those near the window are in the page, gaps stand for the others.
import { Fragment, useEffect, useImperativeHandle, useLayoutEffect, useReducer, useRef, useState, type FocusEvent, type ReactNode, type Ref } from "react";
import { flushSync } from "react-dom";
import { GROUP, piecesOf, shownBetween, topsOf, type Shown } from "./row_window";

/** Up to so many rows all of them are drawn: the browser's own search finds them. */
export const LONG = 100;
/** Drawn above and below the window: the Tab key always finds a further row, and quick scrolling no blank. */
const AROUND_PX = 700;

/** For each row's element: how assistive technology counts it, and how this file finds it. */
export interface RowPlace {
  "data-row": number;
  "aria-rowindex"?: number;
  "aria-posinset"?: number;
  "aria-setsize"?: number;
}

export interface LongRowsHandle {
  /** Draws the row, brings it into view and, when asked, its first link into focus. */
  reach: (row: number, focus: boolean) => void;
}

interface LongRowsProps<Row> {
  as: "tbody" | "ol";
  rows: readonly Row[];
  /** Rows that there are, with those not loaded yet. */
  total: number;
  keyOf: (row: Row) => string;
  /** Of a row, before any was measured; px. */
  height: number;
  className?: string;
  ref?: Ref<LongRowsHandle>;
  children: (row: Row, place: RowPlace, index: number) => ReactNode;
}

/** For the `table` around it: rows with its head, so that not all of them need be in the page. */
export function rowCount(total: number): { "aria-rowcount": number } {
  return { "aria-rowcount": total + 1 };
}

export function LongRows<Row>({ as: Body, rows, total, keyOf, height, className, ref, children }: LongRowsProps<Row>) {
  const body = useRef<HTMLElement>(null);
  const measured = useRef(new Map<string, number>());
  const [shown, setShown] = useState<Shown>([0, 3 * GROUP]);
  const [keptKey, setKeptKey] = useState<string | null>(null);
  const [isPrinted, setPrinted] = useState(false);
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const isLong = rows.length > LONG && !isPrinted;

  const usual = measured.current.size ? [...measured.current.values()].reduce((sum, one) => sum + one, 0) / measured.current.size : height;
  const tops = isLong ? topsOf(rows.map((row) => measured.current.get(keyOf(row)) ?? usual)) : null;
  const kept = tops && keptKey !== null ? rows.findIndex((row) => keyOf(row) === keptKey) : -1;

  const look = useRef(() => undefined as void);
  look.current = () => {
    if (!tops || !body.current) return;
    const { top } = body.current.getBoundingClientRect();
    const next = shownBetween(tops, -top - AROUND_PX, -top + window.innerHeight + AROUND_PX);
    setShown((old) => (old[0] === next[0] && old[1] === next[1] ? old : next));
  };
  useLayoutEffect(() => {
    if (!isLong) return;
    let isNew = false;
    for (const element of body.current?.querySelectorAll<HTMLElement>(":scope > [data-row]") ?? []) {
      const row = rows[Number(element.dataset.row)];
      const real = element.getBoundingClientRect().height;
      if (row === undefined || real === 0 || Math.abs((measured.current.get(keyOf(row)) ?? 0) - real) < 0.5) continue;
      measured.current.set(keyOf(row), real);
      isNew = true;
    }
    if (isNew) drawAgain();
    else look.current();
  });
  useEffect(() => (isLong ? watchWindow(() => look.current(), () => (measured.current.clear(), drawAgain())) : undefined), [isLong]);
  useEffect(() => watchPrint(setPrinted), []);
  useLayoutEffect(() => (isLong ? holdColumns(body.current?.closest("table")) : undefined), [isLong]);

  useImperativeHandle(ref, () => ({
    reach: (index, focus) => {
      const row = rows[index];
      if (row === undefined) return;
      flushSync(() => setKeptKey(keyOf(row)));
      const element = body.current?.querySelector<HTMLElement>(`:scope > [data-row="${index}"]`);
      if (focus) element?.querySelector<HTMLElement>("a")?.focus();
      else element?.scrollIntoView({ block: "nearest" });
    },
  }));
  const keep = (event: FocusEvent) => {
    const row = rows[Number(event.target.closest<HTMLElement>("[data-row]")?.dataset.row)];
    if (row !== undefined) setKeptKey(keyOf(row));
  };

  const placeOf = (index: number): RowPlace => (Body === "tbody" ? { "data-row": index, "aria-rowindex": index + 2 } : { "data-row": index, "aria-posinset": index + 1, "aria-setsize": total });
  const drawn = (row: Row, index: number) => <Fragment key={keyOf(row)}>{children(row, placeOf(index), index)}</Fragment>;
  const pieces = tops && piecesOf(tops, shown, kept);
  const content = pieces
    ? pieces.map((piece) => {
        if ("gap" in piece) return <Gap key={`before ${piece.before}`} isCell={Body === "tbody"} height={piece.gap} />;
        const row = rows[piece.row];
        return row === undefined ? null : drawn(row, piece.row);
      })
    : rows.map(drawn);
  return (
    <Body ref={body as Ref<never>} className={className} onFocus={isLong ? keep : undefined}>
      {content}
    </Body>
  );
}

function Gap({ isCell, height }: { isCell: boolean; height: number }) {
  if (!isCell) return <li aria-hidden="true" className="row-gap" style={{ height }} />;
  return (
    <tr aria-hidden="true" className="row-gap">
      <td style={{ height }} />
    </tr>
  );
}

/** Calls `look` once a frame while anything scrolls, and `change` when the window's width, and so the rows' heights, do. */
function watchWindow(look: () => void, change: () => void): () => void {
  let frame = 0;
  let width = window.innerWidth;
  const moved = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(look);
  };
  const sized = () => {
    if (window.innerWidth !== width) change();
    width = window.innerWidth;
    moved();
  };
  window.addEventListener("scroll", moved, { passive: true, capture: true });
  window.addEventListener("resize", sized);
  return () => {
    cancelAnimationFrame(frame);
    window.removeEventListener("scroll", moved, { capture: true });
    window.removeEventListener("resize", sized);
  };
}

/** On paper stand all rows. */
function watchPrint(set: (isPrinted: boolean) => void): () => void {
  const before = () => flushSync(() => set(true));
  const after = () => set(false);
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}

/** Columns keep the widths that they have now, whatever rows come and go; anew when the table gets another width. */
function holdColumns(table: HTMLTableElement | null | undefined): (() => void) | undefined {
  if (!table?.parentElement) return undefined;
  const heads = () => [...(table.tHead?.rows[0]?.cells ?? [])].filter((cell) => cell.offsetWidth > 0);
  const free = () => {
    table.style.tableLayout = "";
    for (const cell of table.tHead?.rows[0]?.cells ?? []) cell.style.width = cell.style.maxWidth = "";
  };
  const hold = () => {
    free();
    const widths = heads().map((cell) => [cell, cell.getBoundingClientRect().width] as const);
    if (widths.length === 0) return;
    // Columns of names have a greatest width of 0, which lets them wrap; in a fixed layout it would hold.
    for (const [cell, width] of widths) Object.assign(cell.style, { width: `${width}px`, maxWidth: "none" });
    table.style.tableLayout = "fixed";
  };
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    if (!entry || Math.abs(entry.contentRect.width - width) < 1) return;
    width = entry.contentRect.width;
    hold();
  });
  observer.observe(table.parentElement);
  return () => {
    observer.disconnect();
    free();
  };
}
