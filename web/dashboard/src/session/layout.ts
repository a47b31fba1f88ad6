// Geometry of the timeline: milliseconds to pixels with long pauses shortened, ticks, idle stretches, rows of overlapping bars.
import { clock } from "../format";

/** A shortened pause is shown as long as this share of all other time. */
const GAP_SHARE = 0.04;
const LEAST_GAP_MS = 2_000;
const TICK_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];
const LEAST_TICK_PX = 62;

export interface Span {
  from: number;
  until: number;
}

export interface Scale {
  /** Pixel of a moment; clamped to the shown part. */
  x: (ms: number) => number;
  /** Moment of a pixel. */
  ms: (x: number) => number;
  left: number;
  right: number;
  view: Span;
  /** The pauses in view, as shown. */
  gaps: Span[];
}

/** Stretches longer than `leastMs` in which nothing happened and nothing was awaited. `busy` in any order. */
export function idleSpans(busy: readonly Span[], untilMs: number, leastMs: number): Span[] {
  const idle: Span[] = [];
  let quietFrom = 0;
  for (const span of [...busy].sort((a, b) => a.from - b.from)) {
    if (span.from - quietFrom > leastMs) idle.push({ from: quietFrom, until: span.from });
    quietFrom = Math.max(quietFrom, span.until);
  }
  if (untilMs - quietFrom > leastMs) idle.push({ from: quietFrom, until: untilMs });
  return idle;
}

/** Piecewise linear: pauses are shortened, the rest shares the width evenly. */
export function makeScale(view: Span, idle: readonly Span[], left: number, right: number): Scale {
  const gaps = idle
    .map((gap) => ({ from: Math.max(gap.from, view.from), until: Math.min(gap.until, view.until) }))
    .filter((gap) => gap.until > gap.from);
  const length = Math.max(1, view.until - view.from);
  const active = length - gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0);
  const most = Math.max(LEAST_GAP_MS, active * GAP_SHARE);
  const weigh = (gap: Span) => Math.min(gap.until - gap.from, most);
  const weight = active + gaps.reduce((sum, gap) => sum + weigh(gap), 0);
  const perPx = Math.max(1e-9, weight / Math.max(1, right - left));

  const x = (ms: number): number => {
    const at = Math.min(Math.max(ms, view.from), view.until);
    let passed = at - view.from;
    for (const gap of gaps) {
      const inside = Math.min(Math.max(0, at - gap.from), gap.until - gap.from);
      passed -= inside - (inside / (gap.until - gap.from)) * weigh(gap);
    }
    return left + passed / perPx;
  };
  const ms = (px: number): number => {
    // Halving finds the moment as exactly as a pixel needs, without a second description of the pieces.
    let low = view.from;
    let high = view.until;
    for (let step = 0; step < 40; step += 1) {
      const middle = (low + high) / 2;
      if (x(middle) < px) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  return { x, ms, left, right, view, gaps };
}

/** Moments for the axis labels: round steps, at least LEAST_TICK_PX apart, none inside a shortened pause. */
export function ticks(scale: Scale): number[] {
  const { view, gaps, x } = scale;
  const shownMs = (view.until - view.from) || 1;
  const wanted = Math.max(1, Math.floor((scale.right - scale.left) / LEAST_TICK_PX));
  const activeMs = gaps.reduce((sum, gap) => sum - (gap.until - gap.from), shownMs);
  const stepS = TICK_STEPS_S.find((step) => activeMs / 1000 / step <= wanted) ?? Math.ceil(activeMs / 1000 / wanted / 3600) * 3600;
  const found: number[] = [];
  let lastX = -Infinity;
  // A pause of hours holds thousands of steps that are not shown: jump over it.
  for (let at = Math.ceil(view.from / 1000 / stepS) * stepS * 1000; at <= view.until; at += stepS * 1000) {
    const gap = gaps.find((g) => at > g.from && at < g.until);
    if (gap) {
      at = Math.floor(gap.until / 1000 / stepS) * stepS * 1000;
      continue;
    }
    if (x(at) - lastX < LEAST_TICK_PX * 0.8) continue;
    found.push(at);
    lastX = x(at);
  }
  return found;
}

/** Half of the width of a time on the axis. */
export function halfOfTime(text: string): number {
  return text.length * 3.7;
}

/** The ticks whose times reach into the flag, half as wide as `halfPx` around `flagX`. */
export function ticksBehind(ticksMs: readonly number[], scale: Scale, flagX: number, halfPx: number): number[] {
  return ticksMs.filter((at) => Math.abs(scale.x(at) - flagX) < halfPx + halfOfTime(clock(at)));
}

/** Row of each bar so that none overlaps another in its row, earliest first; -1 when all `mostRows` are taken. */
export function packRows(bars: readonly Span[], mostRows: number, gapPx = 1): number[] {
  const ends: number[] = [];
  const rows = new Array<number>(bars.length).fill(-1);
  const order = bars.map((bar, index) => ({ bar, index })).sort((a, b) => a.bar.from - b.bar.from);
  for (const { bar, index } of order) {
    let row = ends.findIndex((end) => end + gapPx <= bar.from);
    if (row < 0 && ends.length < mostRows) row = ends.length;
    if (row < 0) continue;
    ends[row] = bar.until;
    rows[index] = row;
  }
  return rows;
}

/** Corners of a line that falls in steps, within `view`: level until a moment, then down to the next score; 100 at first. */
export function stepPoints(curve: readonly { at_ms: number; score: number }[], view: Span): { ms: number; score: number }[] {
  const ordered = [...curve].sort((a, b) => a.at_ms - b.at_ms);
  let score = ordered.findLast((point) => point.at_ms < view.from)?.score ?? 100;
  const points: { ms: number; score: number }[] = [{ ms: view.from, score }];
  for (const point of ordered) {
    if (point.at_ms < view.from || point.at_ms > view.until) continue;
    points.push({ ms: point.at_ms, score }, { ms: point.at_ms, score: point.score });
    score = point.score;
  }
  points.push({ ms: view.until, score });
  return points;
}

/** The things of a session that reach into the shown part of its time. */
export function inView<T extends { at_ms: number }>(things: readonly T[], view: Span, lengthOf: (thing: T) => number = () => 0): T[] {
  return things.filter((thing) => thing.at_ms <= view.until && thing.at_ms + lengthOf(thing) >= view.from);
}
