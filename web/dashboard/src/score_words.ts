// The texts of the page Score: how scores are spread, releases, versions, and how one is worked out.
import { count, groupScore, plural, points, share, signed } from "./format";

const NBSP = "\u00a0";

export const scoreWords = {
  title: "Score",
  worse: (release: string, against: string, points_lost: number) => `Release ${release || "without a name"} scores ${points(points_lost)} points less than ${against || "those without a name"}.`,
  say: (score: number, poor: number, scored: number) => `The mean score is ${groupScore(score)}; ${poor === 0 ? "no session" : share(scored ? poor / scored : 0) + " of sessions"} scored under 50.`,
  population: (scored: number) => `${plural(scored, "scored session")} of `, sessions: (n: number) => plural(n, "session"),
  spread: { title: "How scores are spread", sub: "sessions by score, a press opens them", bar: (low: number, high: number, n: number) => `Score ${low} to ${high === 100 ? 100 : high - 1}: ${plural(n, "session")}`, image: (most: string, n: number) => `Most sessions, ${count(n)}, scored ${most}.`, low: "Score", sessions: "Sessions" },
  releases: {
    title: "Releases", sub: (least: number) => `newest first, each against the one before; ${count(least)} scored sessions a side are needed to say anything; intervals stay valid however often you look`, none: "No release is known. Set data-release in the script tag, and its sessions are compared here.",
    columns: { release: "Release", verdict: "Verdict", score: "Score", lost: "Points lost", difference: `Difference, 95${NBSP}% interval`, sessions: "Sessions" }, unknown: "not known", since: (at: string) => `since ${at}`, reasons: "What its points went to", reasonsOf: (release: string) => `What its points went to: release ${release}`,
    verdict: { worse: "▼ Worse", better: "▲ Better", alike: "≈ No clear difference", few: "… Too few sessions", first: "First seen" } as Record<string, string>,
    difference: (value: number, low: number, high: number, against: string) => `${signed(value)} against ${against || "unknown"}, 95${NBSP}% interval ${signed(low)} to ${signed(high)}`, further: (n: number) => `${count(n)} older releases`, csv: "Save these rows as a file",
  },
  versions: {
    title: "Former versions", sub: "what the same sessions scored before detectors or numbers changed", none: "No session of this period had another score before.",
    columns: { version: "Version", sessions: "Sessions that changed", before: "Was", after: "Is", difference: "Difference" }, replaced: (at: string) => `replaced ${at}`, compared: (n: number) => `means of ${count(n)} with a score under both`,
  },
  by: { title: "Where and for whom", label: "By", screen: "Screen", api: "API", element: "Element", release: "Release", device: "Device", columns: { name: "Name", score: "Score where lost", points: "Points lost", sessions: "Sessions" }, scoreOf: { lost: "mean of sessions that lost points there", all: "mean of its sessions" }, scoreAll: "Mean score", none: "Nothing lost here.", unknown: "not known", shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`, csv: "Save these rows as a file", perSession: "per scored session" } as const,
  issues: {
    title: "Issues, by points lost", sub: "a place and a cause each, per scored session", label: "Issues at", screen: "Screens", api: "APIs", element: "Elements", none: "Nothing lost here.", csv: "Save these rows as a file", shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`,
    columns: { issue: "Issue", points: "Points lost", gain: "Gain if fixed", sessions: "Sessions" }, without: (score: string) => `score ${score}`, counting: "counting …", failed: "What fixing would gain could not be counted.",
    note: "Points lost add up. Gains do not, and are less: fixing one issue leaves the others. What went wrong at an element or in an API counts on its screen, too.",
  } as const,
  formula: {
    title: "How it is worked out",
    text: "Each thing that went wrong adds to a hazard h. The score is 100 · e^(−h): the share of people who would have put up with all of it. Every issue takes the part of the lost points that it has in the hazard, so they sum to 100 minus the score.",
    repeat: (factor: number) => `A second one of the same kind weighs ${points(factor * 100).replace(".0", "")}${NBSP}% of the first, a third that much of the second; each weight is multiplied by how sure the detector is. Outcomes such as orders or answers never enter.`,
    weights: "Weights in force", weightsSub: "and what one such thing, surely seen, leaves of 100", columns: { kind: "What was seen", weight: "Weight", leaves: "Leaves" }, changed: (standard: number) => `default ${standard}`, change: "Change weights in the laboratory",
  },
  example: {
    title: "One session, worked out", open: "Open this session", hazard: "Hazard", points: "Points", issue: "What was seen", sum: (h: number) => `Sum of hazards ${h.toFixed(3)}`, result: (h: number, score: number) => `100 · e^(−${h.toFixed(3)}) = ${score.toFixed(1)}`, share: (lost: number) => `Each takes its part of the ${points(lost)} points that are lost.`, none: "No session of this period lost points to two things.",
  },
  empty: "No session of this period is scored yet", emptySub: "A score needs a screen and an interaction or a call. It comes a few seconds after the session.",
};
