// The texts of the frame and of what every page shows; those of one page stand in <page>_words.ts, loaded with it. Plain, short,
// first what happened, then how much. Sentences are templates over numbers from the API; nothing here is made up at run time.
import { count, duration, plural } from "./format";
import type { Width } from "./search";
import type { Cause } from "./theme";

const NBSP = "\u00a0";

export const widthWords: Record<Width, string> = { "0-479": "under 480", "480-767": "480–767", "768-1199": "768–1199", "1200-": "from 1200" };

export const words = {
  product: "Mien",
  nav: { overview: "Overview", sessions: "Sessions", session: "Session", screens: "Screens", heatmaps: "Heatmaps", journeys: "Journeys", latency: "Latency", errors: "Errors", signals: "Signals", moments: "Moments", score: "Score", error: "Error", live: "Live", settings: "Settings", system: "System", label: "Pages", more: "More", groups: { watch: "Watch", explain: "Explain" }, project: "Project", skip: "Skip to the page" },
  frame: {
    signOut: "Sign out", stillSignedIn: "You are still signed in.", light: "Light colours", dark: "Dark colours", asSystem: "Colours as the system has them", zone: (name: string) => `Times are in ${name}`, account: "Account", version: (v: string) => `Mien ${v}`,
    filter: "Filter", filterTitle: "Filter every page", segment: "Segment", jump: "Jump", jumpTitle: "Jump to a page, view or session", newProject: "New project", views: "Views", more: "More", close: "Close",
    compared: "Compared with the equally long period before.", everyone: "All devices", device: "Device", period: "Period", listOf: (n: number, all: number) => `${count(n)} of ${count(all)}`,
    previous: "Previous session of the list", next: "Next session of the list",
  },
  device: { desktop: "Desktop", tablet: "Tablet", phone: "Phone" } as Record<string, string>,
  period: {
    preset: { "24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days" },
    custom: "Choose days", apply: "Show these days", calendar: { previousMonth: "Month before", nextMonth: "Next month", previousYear: "Year before", nextYear: "Next year", previousDecade: "Ten years before", nextDecade: "Next ten years" },
    before: { "24h": "the 24 hours before", "7d": "the 7 days before", "30d": "the 30 days before" },
    beforeDay: "the day before", beforeDays: (n: number) => `the ${n} days before`, beforeLength: (length: string) => `the ${length} before`, against: (dates: string) => `against ${dates}`,
  },
  meter: {
    system: "Open System",
    fresh: (s: number) => `${s < 1 ? "under 1" : Math.round(s)}${NBSP}s behind`, lostNothing: "nothing lost",
    behind: (s: number, queued: number) =>
      `${duration(s * 1000)} behind. ${plural(queued, "session")} ${queued === 1 ? "waits" : "wait"} to be analysed; everything older is complete.`,
    behindShort: (s: number) => `${duration(s * 1000)} behind`,
    lost: (lost: number, all: number) => `${count(lost)} of ${count(all + lost)} batches did not arrive. Sessions with holes are marked in their timelines.`,
    lostShort: (lost: number) => `${plural(lost, "batch", "batches")} lost`,
    dropped: (n: number) => `${plural(n, "item")} dropped by a rule of the collector.`,
    whole: (all: number) => `${plural(all, "batch", "batches")} received, none missing.`,
    asOf: (at: string) => `As of ${at}`, unknown: "Not known how current", title: "How current this is",
  },
  cause: {
    wait: { label: "Waiting", sub: "slow APIs and screens" }, fail: { label: "Failing", sub: "requests and page errors" },
    noans: { label: "No answer", sub: "rage clicks and dead clicks" }, circle: { label: "In circles", sub: "loops and quick backs" },
    form: { label: "Form trouble", sub: "left, refused, corrected" }, restless: { label: "Restless", sub: "scroll and pointer" },
  } satisfies Record<Cause, { label: string; sub: string }>,
  /** What a cause judges, for the sentence about causes that nothing measures yet. */
  judged: {
    wait: "waits", fail: "failures", noans: "clicks without answer", circle: "loops", form: "forms", restless: "scrolling",
  } satisfies Record<Cause, string>,
  /** Of a web vital. */
  rating: { good: "good", "needs-improvement": "needs improvement", poor: "poor" },
  band: { good: "good", strained: "strained", poor: "poor", none: "not enough measured" },
  playAll: (n: number, isCut: boolean) => (n === 1 ? "Play it" : `Play ${isCut ? "the first " : ""}${count(n)} one after another`),
  certainty: {
    sessions: (n: number) => plural(n, "session"), calls: (n: number) => plural(n, "call"),
    interval: (low: string, high: string) => `95${NBSP}% interval ${low} to ${high}.`, unclear: "No clear difference.",
    few: (enough: string) => `Too few to tell: ${enough} in each period are needed.`, fewMark: "few",
    base: (n: number, of: string, before: number, ofBefore: string) => `${count(n)} of ${of} now, ${count(before)} of ${ofBefore} before.`,
  },
  change: "Change", changeOf: (what: string) => `Change of ${what}`,
  score: { title: "Experience score", soFar: "so far", few: "few", fewOf: (scored: number) => `few: ${plural(scored, "scored session")}` },
  states: {
    again: "Try again", hint: "What sites send is kept meanwhile. If it stays so, the page System tells what is wrong.", loading: "Loading", otherAccount: "Another account has signed in in this browser. Load the page again to go on as that one.", unreachable: "Mien does not answer. It may be restarting; what sites send is kept in their browsers meanwhile.",
    refused: "This cannot be asked like that", plainPage: "Show the page without it", leavesNone: "The filter leaves none", leavesNoneSub: "Only what fits the filter is counted here. Without it there may be some.", clearFilters: "Clear the filters",
    failed: (status: number) => `The server could not answer (HTTP ${status}).`, couldNot: "could not load", crashed: "This part could not be drawn. The rest of the page is current.", leftCode: "A part of this page did not come. Mien was updated, or the connection broke: load the page again.", reload: "Load again",
    notFound: "There is no such page", notFoundSub: "The address may be mistyped.", goneSession: "There is no such session", goneSessionSub: "The address may be mistyped, or the session was deleted.", home: "Go to the overview", unknownProject: (slug: string) => `There is no project “${slug}”`, unknownProjectSub: "It may have another name, or this account may not read it.", goTo: (name: string) => `Go to ${name}`, slow: "Still counting", stop: "Stop", noProject: "There is no project to show. Make one with “mien project create”.",
  },
};

interface FoundPlace {
  cause: Cause;
  place_kind: "screen" | "api" | "element" | "error";
  place: string;
  place_screen: string | null;
  label: string | null;
}

/** The finding's sentence around its underlined place, per cause and kind of place. */
export function findingPhrase({ cause, place_kind, place, place_screen, label }: FoundPlace): { before: string; place: string; after: string } {
  const named = place_kind === "screen" || place_kind === "api" ? place : `${label ? `“${label}”` : place}${place_screen ? ` on ${place_screen}` : ""}`;
  const where = { screen: " on ", api: " for ", element: " at ", error: " with " }[place_kind];
  const starts: Record<Cause, [string, string]> = {
    wait: [`waiting${where}`, ""],
    fail: place_kind === "api" ? ["", " failing"] : [`failing${where}`, ""],
    noans: place_kind === "element" ? ["clicking ", " without an answer"] : [`clicks without an answer${where}`, ""],
    circle: [place_kind === "screen" ? "going in circles around " : "going in circles at ", ""],
    form: [`trouble with the form${where}`, ""],
    restless: [`restless scrolling and pointing${where}`, ""],
  };
  const [before, after] = starts[cause];
  return { before, place: named, after };
}

/** The same without a link. */
export function findingText(found: FoundPlace): string {
  const { before, place, after } = findingPhrase(found);
  return `${before}${place}${after}`;
}

const SIGNALS: Record<string, { name: string; cause: Cause }> = {
  slow_api: { name: "slow API", cause: "wait" },
  unfinished_wait: { name: "unfinished wait", cause: "wait" },
  slow_click: { name: "slow click", cause: "wait" },
  web_vital_lcp: { name: "slow main content", cause: "wait" },
  web_vital_fcp: { name: "late first content", cause: "wait" },
  web_vital_ttfb: { name: "slow server", cause: "wait" },
  web_vital_inp: { name: "slow reaction", cause: "wait" },
  web_vital_cls: { name: "jumping content", cause: "wait" },
  failed_request: { name: "failed request", cause: "fail" },
  failed_request_background: { name: "failed background request", cause: "fail" },
  error_click: { name: "error click", cause: "fail" },
  js_error: { name: "JavaScript error", cause: "fail" },
  js_error_background: { name: "background JavaScript error", cause: "fail" },
  crash: { name: "crash", cause: "fail" },
  rage_click: { name: "rage click", cause: "noans" },
  rage_click_unconfirmed: { name: "fast clicks", cause: "noans" },
  multi_click: { name: "repeated clicks", cause: "noans" },
  dead_click: { name: "dead click", cause: "noans" },
  nav_loop: { name: "navigation loop", cause: "circle" },
  quick_back: { name: "quick back", cause: "circle" },
  reload_burst: { name: "reload burst", cause: "circle" },
  search_struggle: { name: "search struggle", cause: "circle" },
  form_abandon: { name: "form left", cause: "form" },
  validation_loop: { name: "form refused", cause: "form" },
  input_correction: { name: "corrections", cause: "form" },
  excessive_scroll: { name: "excessive scroll", cause: "restless" },
  thrashed_cursor: { name: "thrashed pointer", cause: "restless" },
};

export const SIGNAL_TYPES: readonly string[] = Object.keys(SIGNALS);

/** A detector's name in words; an unknown one reads as it is stored. */
export function signalName(type: string): string {
  return SIGNALS[type]?.name ?? type.replaceAll("_", " ");
}

/** The cause that a detector belongs to (theme.json, `causes.*.signals`); one that is not sorted yet is the mildest. */
export function causeOfSignal(type: string): Cause {
  return SIGNALS[type]?.cause ?? "restless";
}
