// The texts of the pages about errors, and of the filters that lead from them to sessions.
import { count, plural, share } from "./format";

const KINDS = {
  error: { tag: "thrown", means: "thrown and not caught" },
  console: { tag: "logged", means: "logged by the page itself" },
  resource: { tag: "not loaded", means: "a picture, script or style that did not load" },
  foreign: { tag: "foreign", means: "from a script of another origin or a browser extension" },
} as const;

export const errorWords = {
  title: "Errors",
  kinds: KINDS,
  origin: { own: "The site's own", foreign: "Foreign", label: "Whose errors" },
  search: "Search type, message, function, file",
  population: { errors: (n: number, groups: number) => `${plural(n, "error")} of ${plural(groups, "kind")}, met by `, searched: "Met by ", sessions: (n: number, all: number) => `${count(n)} of ${plural(all, "session")}`, users: (n: number) => `, ${plural(n, "visitor")}` },
  columns: { error: "Error", trend: "Sessions over time", sessions: "Sessions", users: "Visitors", errors: "Errors", score: "Score", first_seen: "First seen", last_seen: "Last seen", releases: "Releases" },
  score: (score: string, scored: number) => `Mean score of these sessions: ${score}, ${count(scored)} scored`,
  since: (at: string) => `first ${at}`,
  new: "new", newWhy: "First seen within this period, in all sessions that there are",
  noName: "not known", further: (n: number) => `and ${count(n)} more`,
  trend: (peak: number, at: string, all: number) => `${plural(all, "session")}; most, ${count(peak)}, from ${at}`, trendNone: "No session in this period", peak: (n: number) => `peak ${count(n)}`,
  bar: (at: string, sessions: number, errors: number) => `From ${at}: ${plural(sessions, "session")}, ${plural(errors, "error")}`,
  more: "Show more", shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`, sortBy: "Sort by",
  empty: "No error of the site’s own seen in this period", emptySub: "None arrived with the sessions that were recorded. Errors of foreign scripts are under “Foreign”.", emptyForeignSub: "None arrived with the sessions that were recorded.",
  emptyForeign: "No foreign error seen in this period", noMatch: "No error matches", noMatchSub: "Search for another word, or take a longer period.", clear: "Clear the search",
  back: "Errors", unnamed: "Error", watch: (n: number) => `Watch ${plural(n, "session")}`,
  met: (sessions: number, all: number) => `${share(all ? sessions / all : 0)} of sessions met this error`,
  metNoneLeft: "No session that the filter leaves met this error", metNone: "No session of this period met this error",
  figures: { sessions: "Sessions", of: (all: number) => `of ${count(all)}`, users: "Visitors", errors: "Errors", score: "Score of these", first: "First seen", last: "Last seen", ever: "whatever the filter" },
  overTime: "Sessions over time", overTimeSub: "by their start", table: { at: "From", sessions: "Sessions", errors: "Errors" },
  example: "Example", exampleOf: (at: string) => `met on ${at}`, noStack: "No stack was recorded.", noExample: "The rows of these errors are gone.",
  parts: { releases: "Releases", browsers: "Browsers", screens: "Screens", releasesSub: "of these sessions", browsersSub: "of these sessions", screensSub: "that showed it", none: "None in this period.", of: (errors: number) => plural(errors, "error") },
  occurrences: "Where it happened", occurrencesSub: "once per session, the first time; opens the replay at that second", at: (clock: string) => `at ${clock}`, times: (n: number) => `${count(n)} times in it`, noReplay: "no replay",
  unknown: "There is no such error group", unknownSub: "Groups are gone when their sessions are.", open: "All errors like this",
  chips: {
    release: "ran release", browser: "used", unknown: "not known", lostTo: "lost points to", group: "met an error", onScreen: (screen: string) => ` on ${screen || "an unknown screen"}`,
    origin: { own: "met an error of the site", foreign: "met a foreign error" },
  },
};
