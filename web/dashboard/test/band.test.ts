import { expect, it } from "vitest";
import { bandSeries, type Bounds } from "../src/charts/band";
import { tokens } from "../src/theme";

const times = ["a", "b", "c", "d", "e"];
const bounds: Bounds[] = [{ low: 60, high: 70 }, { low: 62, high: 68 }, null, { low: 50, high: 90 }, null];
const whiskers = (series: ReturnType<typeof bandSeries>) => (series[0]?.markLine?.data as unknown as { coord: [string, number] }[][]).map(([low, high]) => [low?.coord[0], low?.coord[1], high?.coord[1]]);

it("shades between the bounds of neighbours", () => {
  const [low, high] = bandSeries(times, bounds, false, tokens.light);
  expect(low?.data).toEqual([60, 62, null, null, null]);
  expect(high?.data).toEqual([10, 6, null, null, null]);
});

it("draws a whisker where a point stands alone", () => {
  expect(whiskers(bandSeries(times, bounds, false, tokens.light))).toEqual([["d", 50, 90]]);
});

it("claims nothing between the dots of a sparse line", () => {
  const series = bandSeries(times, bounds, true, tokens.light);
  expect(whiskers(series)).toEqual([["a", 60, 70], ["b", 62, 68], ["d", 50, 90]]);
  expect(series[1]?.data).toEqual([null, null, null, null, null]);
});

it("is nothing where nothing is known", () => {
  expect(bandSeries(times, times.map(() => null), false, tokens.dark)).toEqual([]);
});
