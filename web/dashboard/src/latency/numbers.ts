// Small shared rules of the page Latency: names, missing percentiles, the log scale, the filters behind a count.
import { duration } from "../format";
import type { Search } from "../search";
import type { ApiRow, Percentiles } from "../types";
import { latencyWords } from "../latency_words";

/** visual.md 5.7 and page by page: a p95 above this is a wait that people give up on. */
export const SLOW_P95_MS = 4000;

/** A share of fewer calls, now or before, has no change: as the server has it for p95 (visual.md 5.7). */
export const LEAST_CALLS = 20;

export function apiName(api: string): string {
  return api === "" ? latencyWords.noName : api;
}

/** A percentile, "few" where there are calls but too few for it, a dash where there is none. */
export function percentile(value: number | null, finished: number): string {
  if (value !== null) return duration(value);
  return finished > 0 ? latencyWords.few : "–";
}

export interface LogScale {
  /** 0 to 100, from the left. */
  at: (ms: number) => number;
  ticks: number[];
}

const ROUND = [1, 10, 100, 500, 2_000, 10_000, 60_000, 600_000];

/** A log axis around all rows, with a few round ticks. */
export function railScale(rows: readonly Percentiles[]): LogScale {
  const values = rows.flatMap(({ p50, p75, p95, p99 }) => [p50, p75, p95, p99]).filter((v) => v !== null && v > 0) as number[];
  return logScale(Math.max(1, Math.min(...values, 500) * 0.8), Math.max(...values, 500) * 1.25);
}

/** A log axis from `from` to `to` milliseconds, with the round ticks that stand well inside. */
export function logScale(from: number, to: number): LogScale {
  const [low, high] = [Math.log(from), Math.log(to)];
  const at = (ms: number) => Math.min(100, Math.max(0, (100 * (Math.log(Math.max(ms, from)) - low)) / (high - low)));
  return { at, ticks: ROUND.filter((ms) => ms > from && ms < to && at(ms) > 4 && at(ms) < 96) };
}

/** The class of status that the list of sessions knows by another word. */
export const STATUS_FILTER = { ok: "2xx", redirected: "3xx", refused: "4xx", broken: "5xx", network: "network", unfinished: "unfinished", other: "other" } as const;
export type StatusKey = keyof typeof STATUS_FILTER;
export const STATUS_KEYS = Object.keys(STATUS_FILTER) as StatusKey[];

export function statusSearch(row: ApiRow, status: StatusKey): Search {
  return { api: row.api, api_status: STATUS_FILTER[status] };
}
