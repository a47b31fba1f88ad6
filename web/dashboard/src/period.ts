// The period of a page: what the URL says (`period=7d`, or `since` and `until`), as instants and as words.
import { duration } from "./format";
import { words } from "./words";

export const PRESETS = ["24h", "7d", "30d"] as const;
export type Preset = (typeof PRESETS)[number];

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTHS: Record<Preset, number> = { "24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY };
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export interface Period {
  /** The chosen preset; null when the dates were chosen. */
  preset: Preset | null;
  since: Date;
  /** Half-open: the first instant that no longer belongs to the period. */
  until: Date;
}

export interface PeriodSearch {
  period?: Preset;
  since?: string;
  until?: string;
}

/** Start of the local day `YYYY-MM-DD`, or the instant of an ISO text; null when it is neither. */
export function instant(text: string): Date | null {
  const at = DATE.test(text) ? new Date(`${text}T00:00:00`) : new Date(text);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Local `YYYY-MM-DD` of an instant, as the URL and the date picker write it. */
export function localDate(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Instants of the period in the URL. A pure date in `until` is a day that still belongs to it. Unreadable or empty
 * periods fall back to the last seven days. `now` is cut to the minute, so that pages opened together agree. */
export function resolvePeriod(search: PeriodSearch, nowMs: number): Period {
  const since = search.since ? instant(search.since) : null;
  let until = search.until ? instant(search.until) : null;
  if (until && search.until && DATE.test(search.until)) until = new Date(until.getFullYear(), until.getMonth(), until.getDate() + 1);
  if (since && until && since < until) return { preset: null, since, until };
  const preset = search.period ?? "7d";
  const end = Math.ceil(nowMs / MINUTE) * MINUTE;
  return { preset, since: new Date(end - LENGTHS[preset]), until: new Date(end) };
}

/** What is asked of the server. A preset goes on to the server's now: its end stays open, so that a page that was opened
 * long ago still sees the session of this minute. */
export function asked({ preset, since, until }: Period, nowMs: number): { since: string; until?: string } {
  if (!preset) return { since: since.toISOString(), until: until.toISOString() };
  return { since: new Date(Math.ceil(nowMs / MINUTE) * MINUTE - LENGTHS[preset]).toISOString() };
}

/** The part of a bucket that lies in the period, as an address asks for it: buckets stand at round times in UTC, so that the first
 * and the last may reach over the period, and count its sessions alone. */
export function bucketPart(at: string, bucketS: number, period: { since: Date | string; until: Date | string }): PeriodSearch {
  const start = new Date(at).getTime();
  const from = Math.max(start, new Date(period.since).getTime());
  const to = Math.min(start + bucketS * 1000, new Date(period.until).getTime());
  return { period: undefined, since: new Date(from).toISOString(), until: new Date(Math.max(to, from + 1000)).toISOString() };
}

/** The period as part of a cache's key: a preset stays the same one while time goes on. */
export function periodKey({ preset, since, until }: Period): string {
  return preset ?? `${since.toISOString()}/${until.toISOString()}`;
}

const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const dayYearTime = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const dayTime = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "15–21 Nov", "29 Oct – 4 Nov", or with times when the period is under two days. With years where they are not that of `now`: days of
 * other years would read like those of this one. */
export function datesOf(since: Date, until: Date, now = new Date()): string {
  const last = new Date(until.getTime() - 1);
  const isOther = [since, last].some((day) => day.getFullYear() !== now.getFullYear());
  if (until.getTime() - since.getTime() < 2 * DAY && !(isMidnight(since) && isMidnight(until))) {
    const write = isOther ? dayYearTime : dayTime;
    return `${write.format(since)} – ${write.format(until)}`;
  }
  if (isOther) return localDate(since) === localDate(last) ? dayYear.format(since) : `${dayYear.format(since)} – ${dayYear.format(last)}`;
  if (localDate(since) === localDate(last)) return dayMonth.format(since);
  if (since.getMonth() === last.getMonth() && since.getFullYear() === last.getFullYear()) return `${since.getDate()}–${dayMonth.format(last)}`;
  return `${dayMonth.format(since)} – ${dayMonth.format(last)}`;
}

function isMidnight(at: Date): boolean {
  return at.getHours() === 0 && at.getMinutes() === 0;
}

/** "the 7 days before", "the 3 hours before": what a period is compared with. Days with a change of the clocks are days, too. */
export function beforeWords(period: Period): string {
  if (period.preset) return words.period.before[period.preset];
  const lengthMs = period.until.getTime() - period.since.getTime();
  const isOfDays = isMidnight(period.since) && isMidnight(period.until);
  if (!isOfDays && lengthMs < 2 * DAY) return words.period.beforeLength(duration(lengthMs));
  const days = Math.round(lengthMs / DAY);
  return days <= 1 ? words.period.beforeDay : words.period.beforeDays(days);
}

export function isPreset(value: unknown): value is Preset {
  return PRESETS.some((preset) => preset === value);
}
