// How sure the points of a line are: a band between the bounds of neighbours, a whisker where a point stands alone (visual.md 5.6).
import type { LineSeriesOption } from "echarts/charts";
import type { Tokens } from "../theme";

/** Bounds of a point, of the same unit as the line; null where too little is known. */
export type Bounds = { low: number; high: number } | null;

const OPACITY = 0.45;
const CAP: [number, number] = [7, 1.5];

function isAlone(bounds: readonly Bounds[], i: number): boolean {
  return !bounds[i - 1] && !bounds[i + 1];
}

/** `isDotted`: points on a plain line that leads over gaps; each then has its whisker, since nothing is known between them. */
export function bandSeries(times: readonly string[], bounds: readonly Bounds[], isDotted: boolean, t: Tokens): LineSeriesOption[] {
  if (!bounds.some(Boolean)) return [];
  const hasWhisker = (i: number) => isDotted || isAlone(bounds, i);
  const inBand = (i: number) => (hasWhisker(i) ? null : (bounds[i] ?? null));
  // Two lines on one another: the lower bound, unseen, and what lies between it and the upper one, filled.
  const plain = { type: "line" as const, stack: "interval", silent: true, symbol: "none", z: 1, lineStyle: { opacity: 0 }, emphasis: { disabled: true } };
  const whiskers = bounds.flatMap((one, i) => (one && hasWhisker(i) ? [[{ coord: [times[i], one.low] }, { coord: [times[i], one.high], symbol: "rect", symbolSize: CAP, symbolRotate: 0 }]] : []));
  return [
    { ...plain, name: "low", data: bounds.map((_, i) => inBand(i)?.low ?? null), markLine: { silent: true, animation: false, symbol: "rect", symbolSize: CAP, label: { show: false }, lineStyle: { color: t.accent, width: 1.25, type: "solid", opacity: 0.7 }, data: whiskers as never } },
    { ...plain, name: "high", data: bounds.map((_, i) => { const one = inBand(i); return one ? one.high - one.low : null; }), areaStyle: { color: t.kept, opacity: OPACITY } },
  ];
}
