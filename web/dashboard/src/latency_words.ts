// The texts of Latency: loaded with what shows them.
import { count, duration, plural } from "./format";

const NBSP = "\u00a0";

/** A round limit: "0.5 s", "2 s". */
function seconds(ms: number): string {
  return `${ms / 1000}${NBSP}s`;
}

export const latencyWords = {
  title: "Latency", views: { apis: "APIs", vitals: "Screens and vitals" }, choose: "What is shown", noName: "no name", noScreen: "before the first screen", unknownScreen: "screen not known",
  population: (calls: number) => plural(calls, "call"), inSessions: (n: number) => `in ${plural(n, "session")}`,
  columns: { api: "API", p50: "p50", p75: "p75", p95: "p95", p99: "p99", failed: "Fails", unfinished: "Unfinished", apdex: "Apdex", points: "Points lost", p95_change: "Change of p95", failed_change: "Change of fails" },
  change: "Change", changeNote: "Changes need 20 calls in both periods.", callsAlone: "Calls count as independent, which those of one session are not quite.", changeOf: (before: string) => `Change ${before}`, failedWas: (part: string) => `, was ${part}`,
  calls: (n: number) => plural(n, "call"), rate: (perMinute: number) => {
    const [rate, unit] = perMinute >= 1 ? [perMinute, "a minute"] : perMinute >= 1 / 60 ? [perMinute * 60, "an hour"] : [perMinute * 1440, "a day"];
    return rate < 0.1 ? `under 0.1 ${unit}` : `${rate < 10 ? rate.toFixed(1) : count(rate)} ${unit}`;
  },
  few: "few", fewWhy: "Too few calls: p95 needs 20, p99 needs 100.", none: "none",
  rail: (p50: string, p75: string, high: string) => `p50 ${p50}, p75 ${p75}, up to ${high}`,
  legend: "Dots: p50, p75 (ring), p95. Line on to p99. Log scale.", within: "Percentiles are of finished calls, within 1 %.", apdexAt: (ms: number) => `Apdex at ${duration(ms)}`,
  shown: (n: number, all: number) => `${count(n)} of ${plural(all, "API")}`,
  empty: "No call in this period.", emptySub: "The sessions of this period called no API, or they are left out by a filter.",
  costs: (api: string) => `What waiting for ${api} goes together with`, costsAll: "What waiting goes together with", costsSub: "sessions by the p75 of their calls",
  thisApi: "This API", allApis: "All APIs", panels: { score: "Score", left: "Left the site within a minute", rage: "Rage clicks" },
  doseNote: "95 % intervals. The score counts waits itself, so part of its fall is built in. People who wait longer differ in other ways too: seen together, not proven to be the cause.",
  unbanded: (n: number) => `${plural(n, "session")} finished no such call.`, doseNone: "No session of this period finished such a call.",
  band: (min: number | null, max: number | null) => (min === null ? `under ${seconds(max ?? 0)}` : max === null ? `over ${seconds(min)}` : `${min / 1000}–${seconds(max)}`),
  interval: (low: string, high: string) => `${low} to ${high}`, fewSessions: "under 30 sessions",
  trend: "p50, p75, p95 over the period", trendGaps: "A gap in p95: under 20 finished calls.", trendSays: (low: string, high: string) => `p75 between ${low} and ${high} over the period.`, trendNone: "No finished call in this period.",
  distribution: "How long it took", distributionSub: "finished calls, log scale", bar: (range: string, calls: number, sessions: number) => `${range}: ${plural(calls, "call")} in ${plural(sessions, "session")}`,
  answers: "Answers", watchFailed: "Watch the sessions where it failed", whole: "Whole answer",
  status: { ok: "2xx", redirected: "3xx", refused: "4xx", broken: "5xx", network: "network failure", unfinished: "unfinished", other: "other" },
  firstByte: "First byte", firstByteSub: (n: number) => `of ${plural(n, "call")} that the browser timed`, screens: "Called from", screensSub: "the screen that was open",
  slowest: "Slowest calls", slowestSub: "each opens its moment", at: (offset: string) => `at ${offset}`, notCalled: (api: string) => `No session of this period called ${api}.`,
  table: { from: "From", calls: "Calls", sessions: "Sessions", failed: "Failed", band: "p75 of calls", score: "Score", left: "Left", rage: "Rage" },
  vitals: {
    screen: "Screen", all: "All screens", views: (n: number) => plural(n, "view"), sub: "75th percentile by screen and device; the bar parts the views in good, needs improvement and poor",
    names: { LCP: "main content", INP: "reaction", CLS: "jumps", FCP: "first content", TTFB: "first byte" },
    rated: (good: string, middle: string, poor: string) => `${good} good, ${middle} need improvement, ${poor} poor`, lines: "Lines of web.dev, for all devices: LCP 2.5 and 4 s, INP 200 and 500 ms, CLS 0.1 and 0.25, FCP 1.8 and 3 s, TTFB 0.8 and 1.8 s.",
    poor: (share: string) => `${share} poor`, none: "No web vital was measured in this period.", noneSub: "They tell how soon a page shows, reacts and stops jumping, and come a moment after it was left. Settings shows whether scripts measure them.", toSettings: "Open Settings", rest: (n: number) => `${count(n)} further screens with fewer views`,
  },
  chip: {
    called: (api: string) => `called ${api}`, any: "made a call", status: { any: "", "2xx": "answered 2xx", "3xx": "answered 3xx", "4xx": "answered 4xx", "5xx": "answered 5xx", network: "with a network failure", unfinished: "that stayed unfinished", other: "with another status", failed: "that failed" },
    from: (screen: string) => `from ${screen}`, took: (range: string) => `taking ${range}`, waited: (range: string, api: string) => `waited ${range}${api}`, for: (api: string) => ` for ${api}`, anyTime: "at all",
    left: "left within a minute after the slowest call", between: (a: string, b: string) => `${a} to ${b}`, least: (a: string) => `${a} or more`, below: (b: string) => `under ${b}`,
    vital: (name: string, rating: string, screen: string) => `had ${rating === "" ? "a measured" : `a ${rating}`} ${name}${screen}`, on: (screen: string) => ` on ${screen}`,
  },
};
