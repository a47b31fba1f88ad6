// Where windows end on a page, and how much of a page without a recording is drawn. Pure; CSS pixels.
import type { Width } from "../search";

/** Heights of windows that are usual at a width; chosen, where no view tells its own. */
const USUAL_FOLDS: Record<Width, number> = { "0-479": 740, "480-767": 900, "768-1199": 1000, "1200-": 800 };
/** In windows. An empty page is drawn so far at least: the fold with something below it; */
const LEAST_WINDOWS = 1.25;
/** else so far below the lowest thing on it. */
const BELOW_WINDOWS = 0.5;
/** More lines than this would be a pattern. */
const MOST_LINES = 12;
/** A line this near to the page's end says nothing. */
const END_PX = 24;

export function foldOf(foldPx: number | null, width: Width | null): { foldPx: number; isUsual: boolean } {
  const isUsual = foldPx === null || foldPx <= 0;
  return { foldPx: isUsual ? USUAL_FOLDS[width ?? "1200-"] : foldPx, isUsual };
}

/** How high the page without a recording is drawn: some room below the lowest thing on it, as far as the page went. */
export function blankHeight(pagePx: number, lowestPx: number, foldPx: number): number {
  return Math.min(Math.max(pagePx, lowestPx), Math.max(LEAST_WINDOWS * foldPx, lowestPx + BELOW_WINDOWS * foldPx));
}

/** The ends of the windows that the page is long, from the top. */
export function lineTops(foldPx: number, heightPx: number): number[] {
  const lines = Math.min(MOST_LINES, Math.floor((heightPx - END_PX) / foldPx));
  return Array.from({ length: Math.max(0, lines) }, (_, index) => (index + 1) * foldPx);
}
