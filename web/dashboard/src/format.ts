// Numbers, times and changes as Mien writes them: proper minus, one decimal for points, "12 s", "3:18".

const MINUS = "−";
/** Narrow no-break space, before a percent sign. */
const THIN = "\u202f";
/** No-break space, between a number and its unit. */
const NBSP = "\u00a0";

const grouped = new Intl.NumberFormat("en-GB");

export function count(n: number): string {
  return grouped.format(Math.round(n));
}

/** One decimal, with a true minus: "9.7", "−3.8". */
export function points(value: number): string {
  const text = Math.abs(value).toFixed(1);
  return value < 0 && text !== "0.0" ? MINUS + text : text;
}

/** "+2.1", "−0.6"; "±0.0" when nothing is left after rounding. */
export function signed(value: number, decimals = 1): string {
  const text = Math.abs(value).toFixed(decimals);
  if (Number(text) === 0) return `±${text}`;
  return (value < 0 ? MINUS : "+") + text;
}

/** A group's score with one decimal. Cut, not rounded, just under a band's edge, so that 89.96 never reads as a good 90.0. */
export function groupScore(score: number): string {
  const rounded = Math.round(score * 10) / 10;
  const crossed = (score < 90 && rounded >= 90) || (score < 50 && rounded >= 50);
  return (crossed ? Math.floor(score * 10) / 10 : rounded).toFixed(1);
}

/** A score as an integer; like `groupScore` never across a band's edge. */
export function roundScore(score: number): string {
  const rounded = Math.round(score);
  const crossed = (score < 90 && rounded >= 90) || (score < 50 && rounded >= 50);
  return String(crossed ? Math.floor(score) : rounded);
}

/** 0–1 as percent: one decimal under 20 %, none above; "under 0.1 %" and "over 99.9 %" instead of a false 0.0 or 100. */
export function share(value: number): string {
  const percent = value * 100;
  if (percent > 0 && percent < 0.05) return `under 0.1${THIN}%`;
  if (percent >= 99.5 && percent < 100) return percent > 99.9 ? `over 99.9${THIN}%` : `${(Math.floor(percent * 10) / 10).toFixed(1)}${THIN}%`;
  return `${percent < 20 ? percent.toFixed(1) : percent.toFixed(0)}${THIN}%`;
}

/** A length of time in words: "690 ms", "4.8 s", "12 s", "1 min 12 s", "2 h 5 min". */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)}${NBSP}ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)}${NBSP}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes}${NBSP}min ${seconds % 60}${NBSP}s` : `${minutes}${NBSP}min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 ? `${hours}${NBSP}h ${minutes % 60}${NBSP}min` : `${hours}${NBSP}h`;
}

/** A change of a length of time: "+690 ms", "−4.8 s"; "±0 ms" when nothing is left after rounding. */
export function durationChange(differenceMs: number): string {
  if (Math.abs(differenceMs) < 0.5) return `±0${NBSP}ms`;
  return `${differenceMs < 0 ? MINUS : "+"}${duration(Math.abs(differenceMs))}`;
}

/** A change of a share, in percentage points: "+1.2 pt". */
export function shareChange(difference: number): string {
  return `${signed(difference * 100)} pt`;
}

/** How long a visit was: whole seconds, cut as `clock` cuts them: "24 s", "1 min 12 s". */
export function lengthWords(ms: number): string {
  return duration(Math.max(1000, Math.floor(ms / 1000) * 1000)).replace(".0", "");
}

/** A place in a recording, as players write it: "3:18", "1:02:03". Cut, not rounded. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${hours ? two(Math.floor(seconds / 60) % 60) : Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

const when = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** "Sat 21 Nov, 14:02" in the viewer's zone. */
export function dateTime(iso: string): string {
  const at = new Date(iso);
  return `${when.format(at).replace(",", "")}, ${time.format(at)}`;
}

/** "Sat 21 Nov, about 14:00", of a time that is estimated: to the nearest hour. */
export function aboutTime(iso: string): string {
  const hour = new Date(Date.parse(iso) + 1_800_000);
  hour.setMinutes(0, 0, 0);
  return `${when.format(hour).replace(",", "")}, about ${time.format(hour)}`;
}

/** "14:02" in the viewer's zone. */
export function timeOfDay(atMs: number): string {
  return time.format(new Date(atMs));
}

const whenUtc = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });

/** "Sat 21 Nov", of a day without a time such as "2026-11-21". */
export function dayName(day: string): string {
  return whenUtc.format(new Date(day)).replace(",", "");
}

export function zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Rounds to `decimals` so that the rounded values add up to the rounded total: the largest remainders are rounded up. */
export function roundToSum(values: readonly number[], total: number, decimals: number): number[] {
  const unit = 10 ** decimals;
  const scaled = values.map((value) => value * unit);
  const floors = scaled.map(Math.floor);
  let missing = Math.round(total * unit) - floors.reduce((sum, n) => sum + n, 0);
  const byRemainder = scaled.map((value, index) => ({ index, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    missing -= 1;
  }
  return floors.map((n) => n / unit);
}

/** "1 session", "2 sessions". */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)}${NBSP}${Math.round(n) === 1 ? one : many}`;
}

/** An element as every page calls it: the words on it in quotes, else its selector. */
export function elementName(element: string, label: string | null | undefined): string {
  return label ? `“${label}”` : element;
}

/** Cut at the end, with an ellipsis: for sentences, which begin with what tells most. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** Shortens in the middle, so that the telling end of a path stays. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor(most / 2);
  return `${text.slice(0, most - tail - 1)}…${text.slice(-tail)}`;
}
