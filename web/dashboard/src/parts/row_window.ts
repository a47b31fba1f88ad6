// Which rows of a long list are drawn: those near the window, and one that is kept. Pure; heights in px.

/** Rows that are drawn: from this one, until before that one. */
export type Shown = readonly [from: number, until: number];

/** What stands in the list, in order: a row, or the gap of rows that are not drawn. */
export type Piece = { row: number } | { gap: number; before: number };

/** Rows come and go in groups, so that most scrolling draws nothing anew. */
export const GROUP = 10;

/** The top of every row, and at the end the height of all. */
export function topsOf(heights: readonly number[]): Float64Array {
  const tops = new Float64Array(heights.length + 1);
  heights.forEach((height, row) => (tops[row + 1] = (tops[row] ?? 0) + height));
  return tops;
}

/** The row at this distance from the list's top; the nearest one outside of the list. */
export function rowAt(tops: Float64Array, y: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The rows between two distances from the list's top, in whole groups. */
export function shownBetween(tops: Float64Array, top: number, bottom: number): Shown {
  const count = tops.length - 1;
  const from = Math.floor(rowAt(tops, top) / GROUP) * GROUP;
  return [from, Math.min(count, (Math.floor(rowAt(tops, bottom) / GROUP) + 1) * GROUP)];
}

/** `kept`: a row that is drawn wherever it is; none where there is no such row. */
export function piecesOf(tops: Float64Array, [from, until]: Shown, kept: number): Piece[] {
  const count = tops.length - 1;
  const pieces: Piece[] = [];
  let next = 0;
  const gapTo = (row: number) => {
    if (row > next) pieces.push({ gap: (tops[row] ?? 0) - (tops[next] ?? 0), before: row });
  };
  const draw = (row: number, end: number) => {
    gapTo(row);
    for (next = row; next < end; next++) pieces.push({ row: next });
  };
  if (kept >= 0 && kept < from) draw(kept, kept + 1);
  draw(Math.min(from, count), Math.min(until, count));
  if (kept >= until && kept < count) draw(kept, kept + 1);
  gapTo(count);
  return pieces;
}
