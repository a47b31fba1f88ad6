import { describe, expect, it } from "vitest";
import { piecesOf, rowAt, shownBetween, topsOf } from "../src/parts/row_window";

const tops = topsOf(Array.from({ length: 500 }, () => 50));
const drawn = (pieces: ReturnType<typeof piecesOf>) => pieces.flatMap((piece) => ("row" in piece ? [piece.row] : []));
const heightOf = (pieces: ReturnType<typeof piecesOf>) => pieces.reduce((sum, piece) => sum + ("gap" in piece ? piece.gap : 50), 0);

describe("the rows near the window", () => {
  it.each([
    [-300, 0],
    [0, 0],
    [49.9, 0],
    [50, 1],
    [24_999, 499],
    [90_000, 499],
  ])("at %d px is row %d", (y, row) => expect(rowAt(tops, y)).toBe(row));

  it("come in whole groups, and end with the list", () => {
    expect(shownBetween(tops, 1260, 2010)).toEqual([20, 50]);
    expect(shownBetween(tops, -500, 100)).toEqual([0, 10]);
    expect(shownBetween(tops, 24_800, 26_000)).toEqual([490, 500]);
    expect(shownBetween(topsOf([50, 50, 50]), 0, 900)).toEqual([0, 3]);
  });

  it("of rows of different heights are found too", () => {
    expect(rowAt(topsOf([10, 200, 10, 10]), 215)).toBe(2);
  });
});

describe("what stands in the list", () => {
  it.each([-1, 0, 7, 250, 299, 300, 499, 500])("is as high as all rows, whichever is kept (%d)", (kept) => {
    const pieces = piecesOf(tops, [250, 300], kept);
    expect(heightOf(pieces)).toBe(500 * 50);
    expect(drawn(pieces).length).toBe(kept >= 0 && kept < 500 && (kept < 250 || kept >= 300) ? 51 : 50);
    expect(drawn(pieces)).toEqual([...drawn(pieces)].sort((a, b) => a - b));
  });

  it("has no gap where nothing is left out", () => {
    expect(piecesOf(topsOf([50, 50]), [0, 2], -1)).toEqual([{ row: 0 }, { row: 1 }]);
    expect(piecesOf(topsOf([]), [0, 30], 3)).toEqual([]);
  });

  it("survives a list that became shorter than what was shown of it", () => {
    expect(piecesOf(topsOf([50, 50]), [250, 300], -1)).toEqual([{ gap: 100, before: 2 }]);
  });
});
