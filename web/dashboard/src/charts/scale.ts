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

/** Label of a bucket on the time axis: days at local midnight, hours within a day. */
export function bucketLabel(at: string, bucketS: number): string {
  const date = new Date(at);
  const isDaily = bucketS * 1000 >= DAY_MS;
  if (isDaily || date.getHours() === 0) return date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric" });
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
