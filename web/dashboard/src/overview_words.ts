// The texts of the overview: loaded with what shows them.
import { count, plural, points, share, signed } from "./format";

const NBSP = "\u00a0";

export const overviewWords = {
  populationSessions: (n: number) => plural(n, "session"), population: (visitors: number, zone: string) => ` by ${plural(visitors, "visitor")}, times in ${zone}`, openScore: (score: string) => `Score ${score}: how it is made up`,
  eyebrow: "Hurts most", lead: "What costs most in one place: ", base: (scored: number) => `among ${plural(scored, "scored session")} of this period`,
  finding: {
    takes: (pts: number, lost: number) => `, which takes ${points(pts)} of the ${points(lost)} points lost`,
    and: "and",
    touches: (part: number) => `touches ${share(part)} of sessions`,
  },
  nothing: "Nothing seen that costs points in this period.", nothingSub: "None of the signals fired in the sessions that were scored.",
  nothingLeft: "In what the filter leaves, nothing was seen that costs points.", notScoredLeft: "Of what the filter leaves, no session is scored yet.",
  notScored: "No session of this period is scored yet.", notScoredSub: "A score needs a screen and an interaction or a call. It comes a few seconds after the session.",
  watch: (n: number) => `Watch ${plural(n, "session")}`,
  worse: {
    eyebrow: "What got worse", calm: "Against the period before", lead: "Since ", got: " has cost more: ", now: (now: number, before: number) => `${points(now)} points of every session of this period, ${points(before)} in the one before`,
    surely: (low: number, high: number) => `with 95${NBSP}% certainty ${signed(low)} to ${signed(high)} points`, grade: { strong: "strong evidence", moderate: "moderate evidence" },
    release: (v: string) => `came with release ${v}`, forAll: "No device, browser, country, language or release clearly more than the others.",
    whomScale: `points more than the others, 95${NBSP}% interval`, was: (before: string) => `was ${before}`, fails: "Fails", lostThere: "points lost there, all causes",
    course: (at: string, before: number, after: number) => `Points lost there by a session: ${points(before)} until ${at}, ${points(after)} since.`,
    levelBefore: (lost: number) => `${points(lost)} until then`, levelAfter: (lost: number) => `${points(lost)} since`,
    for: "For whom", reasons: "Why", when: "Since when", where: "Where", also: "Also worse", together: "Calls since then, points of this period; was: the period before. Seen together, not proven to be the cause.",
    comparing: "Comparing with the period before …", stopped: "The comparison with the period before was stopped.", again: "Compare", none: "Nothing got clearly worse.", show: "Show it", late: (what: string, n: number) => `Got worse since the period before: ${what}${n > 1 ? `, and ${n - 1} more` : ""}.`, failed: "The comparison with the period before did not come.",
    few: (now: number, before: number) => `Too few scored sessions to say what got worse: ${count(now)} now, ${count(before)} before. 100 in each are needed.`,
  },
  change: (before: string) => `against ${before}`, interval: (low: number, high: number) => `, 95${NBSP}% interval ${signed(low)} to ${signed(high)}`,
  fewBefore: (now: number, then: number) => `Too few sessions to compare: ${count(now)} now, ${count(then)} before`, noneBefore: "Nothing recorded in the period before",
  sessions: "Sessions", poor: "Poor, under 50", moments: "Likely frustrated moments", waited: "Waited per session",
  lost: (lost: string) => `Where ${lost} points go`, sum: (lost: string, score: string) => `100 − ${lost} = ${score}`,
  kept: (score: string) => `${score} kept`, lostShort: (lost: string) => `${lost} lost`,
  columns: { cause: "Cause", points: "Points lost", change: "Change", gain: "Gain if fixed", sessions: "Sessions" },
  gainNote: "Points lost add up. Gains do not: fixing one cause leaves the others.",
  screens: "Screens", screensSub: "points lost there, all causes", apis: "APIs", apisSub: "points lost to waiting and failing",
  elements: "Elements", elementsSub: "points lost there, all causes", hardlyLost: "under 0.1 points", none: "Nothing seen here.",
  element: (name: string, screen: string | null) => (screen ? `${name} on ${screen}` : name),
  byDevice: { title: "For whom", sub: "score by screen and device", screen: "Screen", few: "few" },
  first: "Watch these first", firstSub: "lowest scores of this period", firstBehind: "lowest scores behind the finding above", all: (n: number) => `All ${count(n)}`,
  empty: "No session in this period.", emptySub: "Sessions exist outside of it, or are left out by a filter.", widen: "Show the last 30 days", withBots: "Include bots and staff",
  unmeasured: "not measured yet",
  before: "before", table: "Show as table", chart: "Show as chart",
  bounds: (low: number, high: number) => `95${NBSP}% interval ${points(low)} to ${points(high)}`, noBounds: "too few scored sessions for an interval", band: `Shaded, or a line at a dot: the 95${NBSP}% interval of the mean.`,
  trendRow: { at: "From", score: "Score", interval: `95${NBSP}% interval`, sessions: "Sessions", release: "First sessions of" },
  began: (releases: string) => `First sessions of release ${releases}`,
  trend: (from: string, until: string, low: string, high: string) => `Score between ${low} and ${high} over the period; ${from} at the start, ${until} at the end.`,
};
