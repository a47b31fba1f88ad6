// Texts of Live.
import { plural } from "./format";

const NBSP = "\u00a0";

export const liveWords = {
  title: "Live", population: (n: number) => `${plural(n, "session")} with activity in the last 5 minutes`, pause: "Pause", go: "Go on", paused: "Paused. What is shown is of", asOf: (at: string) => `As of ${at}`,
  arrived: (n: number) => `${plural(n, "new session")}: show ${n === 1 ? "it" : "them"}`, more: (n: number) => `${plural(n, "further session")} with earlier activity`, none: "Nobody was active in the last 5 minutes", noneSub: "A session appears here a few seconds after its first event, and leaves five minutes after its last.",
  privacy: "Typed text is never recorded; a person has a name only where the site gives one.", on: (screen: string) => `on ${screen},`, ago: (s: number) => (s < 10 ? "just now" : s < 60 ? `${Math.floor(s / 10) * 10}${NBSP}s${NBSP}ago` : `${Math.round(s / 60)}${NBSP}min${NBSP}ago`),
  quiet: "nothing seen", watch: (title: string) => `Watch ${title}`, score: "Score so far", segment: "Live shows everybody: only “programs and staff” of the filters counts here.",
  action: (type: string, what: string): string => ({ click: `clicked ${what || "something without a name"}`, screen_view: "opened the page", scroll: "scrolled", input: "typed into a field", submit: "sent a form", select: "selected text", feedback: "answered the question" })[type] ?? `sent ${type}`,
  columns: { session: "Session", doing: "Last seen doing", signals: "In these minutes", score: "So far", length: "Length" },
};
