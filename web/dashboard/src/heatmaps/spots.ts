// Cells of the API -> places on the shown page. Pure.
import type { HeatCell, HeatElement, Heatmap, HeatRow } from "../types";
import type { Spot } from "./density";
import type { Shown } from "./recorded";

const ROW_PX = 16;
const BOX_PARTS = 20;

/** The middle of a cell of the page. */
function onPage({ x, y, amount }: HeatCell, widthPx: number): Spot {
  return { x: ((x + 0.5) / 100) * widthPx, y: (y + 0.5) * ROW_PX, amount };
}

export interface Placed {
  spots: Spot[];
  /** Clicked elements that the shown page does not have. */
  missing: number;
}

/** Where to draw: cells of elements go to the element's box, or on an outline to where the element usually was clicked. */
export function placed(map: Heatmap, page: Pick<Shown, "widthPx"> & Partial<Shown>, elements: readonly HeatElement[]): Placed {
  if (map.mode === "page") return { spots: map.cells.map((cell) => onPage(cell, page.widthPx)), missing: 0 };
  const usual = new Map(elements.map((row) => [row.element, row]));
  const boxes = new Map<string, ReturnType<Shown["boxOf"]>>();
  const missing = new Set<string>();
  const spots: Spot[] = [];
  for (const cell of map.cells) {
    const name = cell.element ?? "";
    if (page.boxOf && !boxes.has(name)) boxes.set(name, page.boxOf(name));
    const box = boxes.get(name);
    const row = usual.get(name);
    if (box) spots.push({ x: box.left + ((cell.x + 0.5) / BOX_PARTS) * box.width, y: box.top + ((cell.y + 0.5) / BOX_PARTS) * box.height, amount: cell.amount });
    else if (!page.boxOf && row && row.x !== null && row.y !== null) spots.push(onPage({ ...cell, x: row.x, y: row.y }, page.widthPx));
    else missing.add(name);
  }
  return { spots, missing: missing.size };
}

/** The lowest that is drawn, spots and names of elements; pixels of the page, 0 where nothing is. */
export function lowestPx(spots: readonly Spot[], elements: readonly HeatElement[]): number {
  return Math.max(0, ...spots.map(({ y }) => y), ...elements.map(({ y }) => (y ?? 0) * ROW_PX));
}

/** The share of views that saw a pixel of the page; null below where enough people went. */
export function reachAt(rows: readonly HeatRow[], yPx: number): number | null {
  return rows[Math.floor(yPx / ROW_PX)]?.reach.share ?? null;
}

/** How strong each row of the page is drawn, 0 to 1. */
export function strengths(layer: Heatmap["layer"], rows: readonly HeatRow[]): number[] {
  if (layer === "scroll") return rows.map((row) => row.reach.share);
  const most = mostMs(rows);
  return rows.map((row) => (most > 0 ? (row.attention_ms ?? 0) / most : 0));
}

export function mostMs(rows: readonly HeatRow[]): number {
  return Math.max(0, ...rows.map((row) => row.attention_ms ?? 0));
}
