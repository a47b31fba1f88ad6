// Texts of the segment: its conditions, the builder, saved views, the command palette.
import { count, duration, plural } from "./format";

export const segmentWords = {
  add: "Filter", label: "Segment", only: "Only sessions:", noKind: "No condition is called so. Choose what should hold from the whole list; its values come next.", and: "and", clear: "Clear all", remove: (name: string) => `Remove: ${name}`,
  find: "What should hold", back: "Back", choose: (what: string) => `Choose: ${what}`, all: (n: number) => `with ${plural(n, "condition")}`,
  groups: { did: "What they did", wrong: "What went wrong", who: "Who they are" },
  kinds: {
    screen: "Saw a screen", path: "Went a way, A then B", element: "Clicked an element", event: "Sent an event", call: "Called an API: failed, slow, any", error: "Met an error",
    signal: "Had a signal", moment: "Had a likely moment", cause: "Lost points to", score: "Score range", device: "Device", release: "Release", browser: "Browser", country: "Country", locale: "Language", user: "Person",
    device_type: "Type of device, as stored", bots: "Include bots and staff",
  },
  unknown: "not known", anyApi: "Any API", use: (text: string) => `Use “${text}”`, apply: "Apply", then: "then", wayNext: (n: number) => (n === 0 ? "First screen" : "Then, later, the screen"), wayDone: "Show these sessions",
  wayUndo: "Take the last step back", from: "From", to: "to, without", scoreWrong: "Write two whole numbers from 0 to 100, the first below the second.", bands: { poor: "Poor, under 50", strained: "Strained, 50 to 89", good: "Good, 90 and over" },
  how: { failed: "that failed (network or 5xx)", "4xx": "answered 4xx", "5xx": "answered 5xx", network: "with a network failure", unfinished: "that stayed unfinished", any: "called at all" } as Record<string, string>,
  slower: (ms: number) => `that took ${duration(ms)} or more`,
  loading: "Loading …", failed: "The suggestions did not load. Type the value and press Enter.", none: "Nothing like this among the newest sessions of the period.",
  counted: (n: number) => `Sessions among the newest ${count(n)} of the segment.`,
  drop: (name: string, n: number) => `Drop “${name}” (${plural(n, "session")})`, dropNone: "No single filter empties it: without any one of them there is still no session.",
  anywhere: "On any screen", signalWhere: (name: string) => `On which screen: ${name}`,
  chips: {
    screen: (name: string) => `saw ${name}`, went: (way: string) => `went ${way}`, element: (name: string) => `clicked ${name}`, event: (name: string) => `sent ${name}`, error: "met one error", user: (name: string) => `came from ${name}`, unnamed: (device: string) => `came from a visitor without a name (device ${device.length > 8 ? `${device.slice(0, 8)}…` : device})`,
    signal: (name: string, screen: string) => `had a ${name}${screen && ` on ${screen}`}`, score: (from: number, to: number) => `scored ${from} to ${to === 100 ? 100 : to - 1}`, call: (api: string, how: string) => `called ${api} ${how}`, anyApi: "any API", bots: "programs and staff too",
  },
};

/** What only the list of sessions can be narrowed by. */
export const listKindWords = {
  group: "In the list of sessions",
  kinds: { left_at: "Left at a screen", loop: "Went back and forth between", funnel: "Came through a funnel", before: "Trouble in the last minute", vital: "Had a web vital", place: "Lost points at" },
  places: { screen: "A screen", api: "An API", element: "An element", error: "An error" },
  loopFirst: "One screen", loopSecond: (first: string) => `Between ${first} and the screen`,
};

export const viewWords = {
  title: "Saved views", open: "Views", none: "No view is saved yet. Give this page, with its period and filters, a name.", save: "Save this page", name: "Name", saved: "Saved", by: (who: string) => `by ${who}`,
  rename: (name: string) => `Rename ${name}`, remove: (name: string) => `Delete ${name}`, sure: (name: string) => `Delete “${name}” for everybody?`, yes: "Delete", no: "Keep", done: "Save name", close: "Close", shared: "Everybody who may read this project sees them.",
  replace: (name: string) => `Point ${name} at this page`, 
};

export const paletteWords = {
  open: "Jump", label: "Go to a page, screen, API, error, view or session", title: "Jump", groups: { pages: "Pages", screens: "Screens", apis: "APIs", errors: "Errors", sessions: "Sessions", views: "Saved views", period: "Period", projects: "Projects", more: "More" },
  searchSessions: (text: string) => `Search sessions for “${text}”`, openSession: "Open this session", searching: "Searching …", nothing: "Nothing found.", keys: "All keys", newFilter: "Add a filter", manageViews: "Saved views",
  hint: "Type a page, a screen, an API, an error, a person, or a session’s id.",
};
