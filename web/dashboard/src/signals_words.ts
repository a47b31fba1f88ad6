// The texts of the page Signals: kinds and places, verdicts, muting, the laboratory.
import { count, plural, points, share, signed } from "./format";
import { judgedPlace } from "./verdict_words";

const NBSP = "\u00a0";

export const signalsWords = {
  title: "Signals", views: { label: "Part of the page", list: "Seen", lab: "Laboratory" },
  population: (n: number) => `${plural(n, "signal")} among `, sessions: (n: number) => plural(n, "session"),
  empty: "No signal in this period", emptySub: "None of the detectors found anything in the sessions that were recorded.",
  kinds: { title: "By kind", sub: "a press shows where", kind: "Kind", all: "All kinds" },
  places: { title: (kind: string | null) => (kind === null ? "By place" : `${kind}: where`), place: "Element and screen", noScreen: "screen not known", csv: "Save these rows as a file", none: "Nothing of this kind in this period." },
  columns: { signals: "Signals", sessions: "Sessions", points: "Points lost", precision: "Called frustration" },
  watch: (n: number) => `Watch ${plural(n, "session")}`, shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`,
  pointsNote: "Points of the mean score where the signal was the main sign. Short waits for calls and web vitals cost points without being signals.",
  judged: (k: number, n: number, low: number, high: number) => `${share(k / n)} of ${plural(n, "verdict")}, 95${NBSP}% interval ${share(low)} to ${share(high)}`,
  interval: (low: number, high: number) => `${Math.round(low * 100)}–${Math.round(high * 100)}${NBSP}%`, of: (k: number, n: number) => `${count(k)} of ${count(n)}`, unjudged: "–", unjudgedWhy: "Nobody said yet",
  examples: { title: (what: string) => `Examples of ${what}`, where: (element: string, screen: string) => (element ? ` at ${judgedPlace(element, screen)}` : screen && ` on ${screen}`), sub: "the newest sessions, of each its surest signal", none: "No example in this period.", at: (clock: string) => `at ${clock}`, open: "Open the session at this second", pick: "Choose a kind or a place to see examples." },
  mute: {
    proposed: (n: number) => (n === 1 ? "One element is proposed for muting." : `${count(n)} elements are proposed for muting.`), why: (kind: string, place: string, k: number, n: number) => `${kind} at ${place}: only ${count(k)} of ${count(n)} were frustration.`,
    accept: "Mute", mute: "Mute this place", muted: "muted", undo: "Unmute", title: "Muted", sub: "left out of signals and score", everywhere: "on every screen", none: "Nothing is muted. Muting is proposed after 20 verdicts that mostly say “not frustration”.",
    done: (outdated: number) => `Muted. ${plural(outdated, "session")} will be analysed again in the background, the newest first.`, undone: (outdated: number) => `No longer muted. ${plural(outdated, "session")} will be analysed again in the background.`, same: "It stood so already.",
    what: (kind: string, place: string) => `${kind} at ${place}`,
  },
  place: judgedPlace,
  lab: {
    title: "Laboratory", lead: "Change a number, and see on recorded sessions what it would have found. Trying saves nothing.",
    group: "What", threshold: "Which number", value: "Try it with", present: (v: number) => `now ${v}`, standard: (v: number) => `default ${v}`, limits: (low: number, high: number) => `${low} to ${high}`,
    source: "Source", days: "On the last", day: (n: number) => plural(n, "day"), run: "Try", running: "Trying on recorded sessions …", add: "Add to the trial", reset: "Default", together: "Tried together", drop: (name: string) => `Leave ${name} out`,
    invalid: (low: number, high: number, whole: boolean) => `Give ${whole ? "a whole number" : "a number"} from ${low} to ${high}.`, same: "That is what holds now.",
    result: "What would have been found", score: (a: number, b: number) => `Mean score ${points(a)} → ${points(b)} (${signed(b - a)})`, changed: (n: number, all: number) => `${count(n)} of ${plural(all, "session")} would change.`, none: "Nothing would change.",
    columns: { kind: "Kind", before: "Found now", after: "Would be found", gained: "New", lost: "Gone", sessions: "Sessions" }, gained: "New", gone: "Gone", failed: (names: string) => `Some analyzers did not finish: ${names}.`,
    use: "Use it …", confirm: (what: string) => `Set ${what} for everyone who uses this project? Scores and signals of all sessions will be worked out again.`, yes: "Set and analyse again", no: "Cancel",
    used: (version: string, outdated: number) => `Set. Version ${version.slice(0, 8)}; ${plural(outdated, "session")} will be analysed again in the background, the newest first.`,
    inForce: "Changed numbers in force", asDefaults: "All numbers are the defaults.", made: (by: string, at: string) => `last change by ${by}, ${at}`, back: "Back to default", was: (value: number, standard: number) => `${value} instead of ${standard}`, tokens: "Signed in with an account one can set numbers; a token can only read.",
  },
};
