// Round numbers for axes: where a score axis begins and ends, and where its labels stand.

const STEPS = [1, 2, 5, 10, 20, 25];
/** Four intervals are five labels, the most that a chart may have (visual.md 5.1). */
const MOST_INTERVALS = 4;

export interface Axis {
  from: number;
  to: number;
  step: number;
}

/** An axis of round numbers around the scores, within 0–100. Without scores it shows the whole range. */
export function scoreAxis(scores: readonly number[]): Axis {
  if (scores.length === 0) return { from: 0, to: 100, step: 25 };
  const low = Math.min(...scores);
  const high = Math.max(...scores);
  for (const step of STEPS) {
    const from = Math.max(0, Math.floor((low - 0.5) / step) * step);
    const to = Math.min(100, Math.ceil((high + 0.5) / step) * step);
    if (to > from && (to - from) / step <= MOST_INTERVALS) return { from, to, step };
  }
  return { from: 0, to: 100, step: 25 };
}

const SHARE_TOPS = [0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1];

/** An axis for shares from zero, in two steps. */
export function shareAxis(shares: readonly number[]): Axis {
  const to = SHARE_TOPS.find((top) => Math.max(0, ...shares) <= top) ?? 1;
  return { from: 0, to, step: to / 2 };
}

/** An axis for times from zero: at most four round steps. */
export function timeAxis(highest: number): Axis {
  const rough = Math.max(highest, 1) / MOST_INTERVALS;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * unit).find((n) => n >= rough) ?? rough;
  return { from: 0, to: step * Math.max(1, Math.ceil(highest / step)), step };
}

const DAY_MS = 86_400_000;
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric" });
const hour = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Labels of the buckets on a time axis; empty where none stands. Over two days and more the days are named, each at its
 * first bucket after local midnight; below, the hours. */
export function bucketLabels(starts: readonly string[], bucketS: number): string[] {
  const dates = starts.map((at) => new Date(at));
  const first = dates[0]?.getTime() ?? 0;
  const last = dates[dates.length - 1]?.getTime() ?? 0;
  if (last - first + bucketS * 1000 <= 2 * DAY_MS) return dates.map((at) => hour.format(at));
  return dates.map((at, index) => {
    const before = dates[index - 1];
    return before && before.toDateString() === at.toDateString() ? "" : day.format(at).replace(",", "");
  });
}
