// The texts of the list of sessions: loaded with what shows them.
import { errorWords } from "./error_words";
import { count, duration, plural } from "./format";
import type { Cause } from "./theme";
import type { Search } from "./search";
import type { NameOf } from "./segment/element_names";
import { widthWords, words } from "./words";

/** "clicked “Pay” on /cart, a dead click, 768–1199 px wide". */
function elementChip({ element, element_screen, element_width, element_signal }: Search, nameOf: NameOf = (name) => name): string {
  const did = element === undefined ? (element_signal ? "clicked on" : "viewed") : `clicked ${element ? nameOf(element, element_screen) : "something without a name"} on`;
  const how = element_signal ? { rage: ", a rage click", dead: ", a dead click" }[element_signal] : "";
  return `${did} ${element_screen ?? ""}${how}${element_width ? `, ${widthWords[element_width]} px wide` : ""}`;
}

export const sessionsWords = {
  csv: "CSV", csvHint: "All rows of this list as a file, up to 100,000", csvStopped: "Stopped. Nothing was saved.", csvCut: "The file holds the first 100,000 rows in this order. Narrow the period or the filter for the rest.",
  title: "Sessions", total: (n: number) => plural(n, "session"), that: "Sessions that", all: "All sessions of the period", and: "and", add: "Add a condition", search: "Search screens, APIs, elements, users",
  try: "Try:", remove: (what: string) => `Remove ${what}`, histogram: (n: number) => `${count(n)} by score, drag to narrow`, reset: "All scores",
  bin: (from: number, to: number, n: number) => `Score ${from} to ${to}: ${plural(n, "session")}`,
  columns: { score: "Score", session: "Session", happened: "What happened", signals: "Signals", waited: "Waited", length: "Length", release: "Release", started: "Started" },
  sortBy: "Sort by", more: "Show more", most: "No more fit here at once: filter, or sort otherwise, to see the others.", shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`,
  noMatch: "No session did all of this", noMatchSub: "Drop a filter, or take a longer period.", clear: "Clear all", keys: { move: "move", open: "open", tick: "tick", search: "search" },
  tick: (title: string) => `Tick ${title}`, tickAll: "Tick all that are shown", ticked: (n: number) => `${count(n)} ticked`, untick: "Untick", allShown: (n: number) => `All ${count(n)} shown`, ofTicked: "Ticked sessions",
  chips: {
    cause: (c: Cause) => ({ wait: "waited", fail: "saw something fail", noans: "clicked without answer", circle: "went in circles", form: "had form trouble", restless: "were restless" })[c],
    screen: "saw", place: "lost points at", signal: "had", user: "came from", q: "match", poor: "scored under 50", strained: "scored 50 to 89", good: "scored 90 and over",
    between: (a: number, b: number) => `scored ${a} to ${b}`, bots: "include bots and staff",
    ...errorWords.chips, placeType: (type: string) => `through ${type}`,
    element: elementChip,
    path: "went", left_at: "left at", loop: "went back and forth between", reached: (n: number) => `came to step ${n} of`, dropped: (n: number) => `dropped out after step ${n} of`,
    within: (s: number) => `, within ${duration(s * 1000)}`,
    before: { rage: "rage clicks in the last minute", error: "something failing in the last minute", slow: "waiting in the last minute", other: "other trouble in the last minute", nothing: "nothing seen in the last minute" },
  },
  parts: (key: "release" | "device_type" | "browser" | "country" | "locale", value: string) => {
    const named = value || "unknown";
    return { release: `of release ${named}`, device_type: `on ${(words.device[named] ?? named).toLowerCase()}`, browser: `with ${named}`, country: `from ${named}`, locale: `in ${named}` }[key];
  },
  way: { any: "any screen", another: "another screen", first: (name: string) => `first ${name}`, began: "entry →", then: "then", next: "→", left: "→ left" },
  examples: { poor: "score under 50", fail: "saw something fail", noans: "clicked without answer", longest: "longest first" },
};
