// The texts of the page Screens.
import { count, duration, plural } from "./format";

const NBSP = "\u00a0";

export const screensWords = {
  title: "Screens",
  population: (screens: number) => `${plural(screens, "screen")}, seen in `, sessions: (n: number) => plural(n, "session"),
  columns: { screen: "Screen", points: "Points lost", score: "Mean score", sessions: "Sessions", visitors: "Visitors", views: "Views", exits: "Left there", stay: "Median stay", signals: "Signals", lcp: `LCP${NBSP}p75` },
  views: (n: number) => plural(n, "view"), sortBy: "Sort by", csv: "Save these rows as a file",
  shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`, scoreOfAll: "mean of sessions that saw it", scoreNote: "Score: the mean of sessions that saw it.", legend: "Points: what the mean score loses there.", shareNote: "pt: how their share of all sessions changed; ≈: not clearly.",
  scoreOf: (scored: number) => `Mean of ${plural(scored, "scored session")} that saw it`, notSeen: "not seen, though points were lost there",
  lcp: (views: number, ms: number) => `75th percentile of ${plural(views, "view")}: ${duration(ms)}`, several: "Its address has several forms: see the table of vitals",
  empty: "No screen was seen in this period", emptySub: "Sessions exist outside of it, or are left out by a filter.",
  unknown: (screen: string) => `Nobody saw ${screen} in this period`,
  way: { heatmap: "Heatmap", journeys: "Journeys from here", sessions: (n: number) => `Watch ${plural(n, "session")}`, label: (screen: string) => `More about ${screen}` },
  depth: (screen: string) => `What costs on ${screen}`,
  cards: { causes: "Causes", causesSub: "points of the mean score", elements: "Elements", apis: "APIs", errors: "Errors", costSub: "points lost on this screen", errorsSub: "met on this screen", nothing: "Nothing seen here.", further: (n: number) => `${count(n)} further` },
  watch: (n: number) => `Watch ${plural(n, "session")}`, left: (part: string, n: number) => `${part}, ${plural(n, "session")} left there`, signals: (n: number, sessions: number) => `${plural(n, "signal")}, watch ${plural(sessions, "session")}`, errors: (n: number) => plural(n, "error"),
};
