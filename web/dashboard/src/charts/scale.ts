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
