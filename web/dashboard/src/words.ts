// Every text of the dashboard in one place: plain, short, first what happened, then how much.
// Sentences are templates over numbers from the API; nothing here is made up at run time.
import { errorWords } from "./error_words";
import { count, duration, plural, points, share, signed } from "./format";
import type { Search, Width } from "./search";
import type { Cause } from "./theme";

const NBSP = "\u00a0";

/** A round limit: "0.5 s", "2 s". */
function seconds(ms: number): string {
  return `${ms / 1000}${NBSP}s`;
}

export const widthWords: Record<Width, string> = { "0-479": "under 480", "480-767": "480–767", "768-1199": "768–1199", "1200-": "from 1200" };

/** "clicked #pay on /cart without an answer, 768–1199 px wide". */
function elementChip({ element, element_screen, element_width, element_signal }: Search): string {
  const did = element === undefined ? (element_signal ? "clicked on" : "viewed") : `clicked ${element || "something without a name"} on`;
  const how = element_signal ? { rage: " in a rage", dead: " without an answer" }[element_signal] : "";
  return `${did} ${element_screen ?? ""}${how}${element_width ? `, ${widthWords[element_width]} px wide` : ""}`;
}

export const words = {
  product: "Mien",
  nav: { overview: "Overview", sessions: "Sessions", session: "Session", heatmaps: "Heatmaps", journeys: "Journeys", latency: "Latency", errors: "Errors", error: "Error", label: "Pages", project: "Project", skip: "Skip to the page" },
  frame: {
    signOut: "Sign out", light: "Light colours", dark: "Dark colours", account: "Account", version: (v: string) => `Mien ${v}`,
    everyone: "All devices", device: "Device", period: "Period", listOf: (n: number, all: number) => `${count(n)} of ${count(all)}`,
    previous: "Previous session of the list", next: "Next session of the list",
  },
  device: { desktop: "Desktop", tablet: "Tablet", phone: "Phone" } as Record<string, string>,
  period: {
    preset: { "24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days" },
    custom: "Choose days", apply: "Show these days",
    before: { "24h": "the 24 hours before", "7d": "the 7 days before", "30d": "the 30 days before" },
    beforeDay: "the day before", beforeDays: (n: number) => `the ${n} days before`, against: (dates: string) => `against ${dates}`,
  },
  meter: {
    fresh: (s: number) => `${s < 1 ? "under 1" : Math.round(s)}${NBSP}s behind`, lostNothing: "nothing lost",
    behind: (s: number, queued: number) =>
      `${duration(s * 1000)} behind. ${plural(queued, "session")} ${queued === 1 ? "waits" : "wait"} to be analysed; everything older is complete.`,
    behindShort: (s: number) => `${duration(s * 1000)} behind`,
    lost: (lost: number, all: number) => `${count(lost)} of ${count(all + lost)} batches did not arrive. Sessions with holes are marked in their timelines.`,
    lostShort: (lost: number) => `${plural(lost, "batch", "batches")} lost`,
    dropped: (n: number) => `${plural(n, "item")} dropped by a rule of the collector.`,
    whole: (all: number) => `${plural(all, "batch", "batches")} received, none missing.`,
    asOf: (at: string) => `As of ${at}`, unknown: "No answer from the server", title: "How current this is",
  },
  login: {
    title: "Sign in", name: "Name", password: "Password", submit: "Sign in", busy: "Signing in",
    hint: "The first password was printed once, in the terminal where Mien was started. Forgotten? Set a new one with “mien account password NAME”; from a checkout, “./run mien account password NAME”.",
    missing: "Type your name and password.",
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
  band: { good: "good", strained: "strained", poor: "poor", none: "not enough measured" },
  score: { title: "Experience score", soFar: "so far" },
  overview: {
    population: (sessions: number, visitors: number, zone: string) => `${plural(sessions, "session")} by ${plural(visitors, "visitor")}, times in ${zone}`,
    eyebrow: "Hurts most", lead: "What costs most: ", base: (scored: number) => `among ${plural(scored, "scored session")} of this period`,
    finding: {
      takes: (pts: number, lost: number) => `, which takes ${points(pts)} of the ${points(lost)} points lost`,
      and: "and",
      touches: (part: number) => `touches ${share(part)} of sessions`,
    },
    nothing: "Nothing seen that costs points in this period.", nothingSub: "None of the signals fired in the sessions that were scored.",
    notScored: "No session of this period is scored yet.", notScoredSub: "A score needs a screen and an interaction or a call. It comes a few seconds after the visit.",
    watch: (n: number) => `Watch ${plural(n, "session")}`,
    worse: {
      eyebrow: "What got worse", lead: "Since ", got: " has cost more: ", now: (now: number, before: number) => `${points(now)} points of every session, ${points(before)} in the period before`,
      surely: (low: number, high: number) => `with 95${NBSP}% certainty ${signed(low)} to ${signed(high)} points`, grade: { strong: "strong evidence", moderate: "moderate evidence" },
      release: (v: string) => `came with release ${v}`, whom: (what: string, here: number, others: number) => `${what}: ${points(here)} points, the others ${points(others)}`,
      why: (what: string, now: number, before: number) => `${what}: ${points(now)} points, before ${points(before)}`,
      for: "For whom", reasons: "Why", when: "When", also: "Also worse", together: "Seen together, not proven to be the cause.",
      comparing: "Comparing with the period before …", none: "Nothing got clearly worse against the period before.", failed: "The comparison with the period before did not come.",
      few: (now: number, before: number) => `Too few scored sessions to say what got worse: ${count(now)} now, ${count(before)} before. 100 in each are needed.`,
    },
    change: (before: string) => `against ${before}`,
    fewBefore: (now: number, then: number) => `Too few sessions to compare: ${count(now)} now, ${count(then)} before`, noneBefore: "Nothing recorded in the period before",
    sessions: "Sessions", poor: "Poor, under 50", moments: "Likely frustrated moments", waited: "Waited per session",
    lost: (lost: string) => `Where ${lost} points go`, sum: (lost: string, score: string) => `100 − ${lost} = ${score}`,
    kept: (score: string) => `${score} kept`, lostShort: (lost: string) => `${lost} lost`,
    columns: { cause: "Cause", points: "Points lost", change: "Change", gain: "Gain if fixed", sessions: "Sessions" },
    gainNote: "Points lost add up. Gains do not: fixing one cause leaves the others.",
    screens: "Screens", screensSub: "points lost there, all causes", apis: "APIs", apisSub: "points lost to waiting and failing",
    elements: "Elements", elementsSub: "points lost there, all causes", hardlyLost: "under 0.1 points", none: "Nothing seen here.",
    element: (name: string, screen: string | null) => (screen ? `${name} on ${screen}` : name),
    first: "Watch these first", firstSub: "lowest scores of this period", all: (n: number) => `All ${count(n)}`,
    empty: "No session in this period.", emptySub: "Sessions exist outside of it, or are left out by a filter.", widen: "Show the last 30 days", clear: "Clear the filters", withBots: "Include bots and staff",
    unmeasured: "not measured yet",
    before: "before", table: "Show as table", chart: "Show as chart",
    trendRow: { at: "From", score: "Score", sessions: "Sessions" },
    trend: (from: string, until: string, low: string, high: string) => `Score between ${low} and ${high} over the period; ${from} at the start, ${until} at the end.`,
  },
  sessions: {
    title: "Sessions", total: (n: number) => plural(n, "session"), that: "Sessions that", all: "All sessions of the period", and: "and", add: "Add", search: "Search screens, APIs, elements, users",
    try: "Try:", remove: (what: string) => `Remove ${what}`, histogram: (n: number) => `${count(n)} by score, drag to narrow`, reset: "All scores",
    bin: (from: number, to: number, n: number) => `Score ${from} to ${to}: ${plural(n, "session")}`,
    columns: { score: "Score", session: "Session", happened: "What happened", signals: "Signals", waited: "Waited", length: "Length", release: "Release", started: "Started" },
    sortBy: "Sort by", more: "Show more", shown: (n: number, all: number) => `${count(n)} of ${count(all)} shown`,
    noMatch: "No session did all of this", noMatchSub: "Drop a filter, or take a longer period.", clear: "Clear all", keys: { move: "move", open: "open", search: "search" },
    chips: {
      cause: (c: Cause) => ({ wait: "waited", fail: "saw something fail", noans: "clicked without answer", circle: "went in circles", form: "had form trouble", restless: "were restless" })[c],
      screen: "saw", place: "lost points at", signal: "had", user: "came from", q: "match", poor: "scored under 50", strained: "scored 50 to 89", good: "scored 90 and over",
      between: (a: number, b: number) => `scored ${a} to ${b}`, bots: "include bots and staff",
      ...errorWords.chips,
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
    groups: { cause: "What happened", score: "Score", more: "Also" },
  },
  journeys: {
    views: { flow: "Flow", funnel: "Funnel", loops: "Loops" }, view: "View",
    population: (inside: number, all: number) => (inside === all ? plural(all, "session") : `${count(inside)} of ${plural(all, "session")}`),
    flow: {
      title: "Where people go", titleBack: "Where people come from", sub: (inside: number, steps: number) => `${plural(inside, "session")}, ${steps} screens. Every band opens its sessions.`,
      from: "From", to: "To", entry: "any first screen", exit: "any last screen", direction: "Direction", forwards: "Forwards", backwards: "Backwards", far: "How far", screens: (n: number) => `${n} screens`,
      goesOn: "goes on", leaves: "leaves", enters: "came in", rose: (before: string) => `leaves clearly more often than in ${before}`,
      left: "left", cameIn: "came in", other: "other", sentence: (inside: number, first: string, n: number, leave: string, share: string) => `Flow of ${plural(inside, "session")}. Most begin on ${first} (${count(n)}). Most leaving: ${leave}, ${share} of those there.`,
      sentenceBack: (inside: number, to: string) => `Where ${plural(inside, "session")} came from before ${to}.`,
      band: (from: string, to: string, n: number) => `${from} → ${to}: ${plural(n, "session")}`, bandBack: (from: string, to: string, n: number) => `${to} → ${from}: ${plural(n, "session")}`,
      step: (n: number) => `Screen ${n}`, stepBack: (n: number) => (n === 0 ? "At the end" : `${n} before`), table: "Show as table", chart: "Show as drawing",
      columns: { step: "Screen no.", from: "From", to: "To", sessions: "Sessions", part: "Share", score: "Score", before: "In the minute before" },
      select: (name: string) => `What came before leaving ${name}`, note: "Each session counts once at each step. What comes into a screen goes on or leaves; screens beyond the eight most visited of a step are one.",
    },
    before: {
      title: (name: string) => `Before leaving ${name}`, sub: "last 60 seconds", left: (n: number, all: number, part: string) => `${count(n)} of ${count(all)} left, ${part}`, was: (part: string, before: string) => `${part} in ${before}`,
      columns: { what: "What came just before", left: "Left", on: "Went on", ratio: "Ratio", sessions: "Sessions" },
      kinds: { rage: "Rage clicks", error: "Something failed", slow: "Waiting", other: "Other trouble", nothing: "Nothing seen" },
      note: "Filled: of those who left. Ring: of those who went on. Seen together, not proven to be the cause.", choose: "Press a screen in the drawing to see what came before leaving it.", none: "Nobody left here.",
    },
    loops: {
      title: "Going in circles", sub: "to a screen and straight back", columns: { loop: "Between", rounds: "Returns each", away: "Time away", difference: "Score", sessions: "Sessions" },
      few: "few", fewWhy: (a: number, b: number) => `Too few scored sessions to compare: ${count(a)} went back and forth, ${count(b)} saw both screens and did not. 100 of each are needed.`,
      interval: (low: string, high: string) => `${low} to ${high}`, note: "Score: against sessions that saw both screens and did not go back and forth, with the 95\u00a0% interval. Seen together, not proven to be the cause.",
      none: "Nobody went back and forth.", noneSub: "A loop is a visit of a screen and the way straight back.", all: (n: number) => `All ${count(n)}`,
    },
    funnel: {
      title: "Funnel", build: "Steps in order", buildSub: "other screens between them are allowed", step: (n: number) => `Step ${n}`, choose: "Choose a screen or event", groups: { screens: "Screens", events: "Events of your own" },
      add: "Add a step", remove: (n: number) => `Remove step ${n}`, earlier: (n: number) => `Move step ${n} up`, window: "Within", session: "one session",
      event: (name: string) => `event ${name}`, few: "Choose two to eight steps.", fewSub: "A funnel counts how many sessions come from each step to the next.",
      sentence: (part: string, n: number, all: number) => `${part} of those who began came through: ${count(n)} of ${count(all)}.`, nobody: "Nobody began this funnel in the period.",
      ofPrevious: (part: string) => `${part} of the step before`, interval: (low: string, high: string) => `95\u00a0% interval ${low} to ${high}`, median: (time: string) => `median ${time}`,
      dropped: (n: number, part: string) => `${plural(n, "session")} came no further (${part})`, before: "just before:", note: "What was seen in the last minute before they left. Seen together, not proven to be the cause.", noteWindow: "What was seen in the minute before they left, or before the time was up. Seen together, not proven to be the cause.",
    },
    empty: "No screen in this period.", emptySub: "Journeys need sessions with screens.", noStart: (name: string) => `No session saw ${name} in this period.`, clearStart: "From any first screen",
  },
  session: {
    back: "Sessions", screens: (n: number) => plural(n, "screen"), release: (v: string) => `release ${v}`, copy: (t: string) => `Copy link at ${t}`, copied: "Copied", copyByHand: "The browser does not allow copying here. Copy this address:",
    replay: "Replay", masked: "Typed text is never recorded", maskedShort: "Text is masked", play: "Play", pause: "Pause", back5: "5 seconds back", on5: "5 seconds on",
    nextSignal: "Next signal", previousSignal: "Previous signal", skipIdle: (on: boolean) => `Skip idle: ${on ? "on" : "off"}`, speed: "Speed", full: "Full screen",
    tab: (n: number) => `Tab ${n}`, skipping: "Skipping idle time", buffering: "Loading the recording", noReplay: "No replay of this session",
    noReplaySub: "No recording arrived for it. The timeline below shows what was measured.", replayFailed: "The replay did not load",
    whole: "The whole visit", wholeSub: "click anywhere to go there", around: (t: string) => `30 s around ${t}`, zoomAll: "Whole visit",
    lanes: { score: "Score", signals: "Signals", moments: "Likely moments", screens: "Screens", clicks: "Clicks", calls: "API calls", errors: "Errors" },
    legend: { answered: "click answered", unanswered: "click without answer", call: "call", slow: "slow call", failed: "failed", unfinished: "not answered", harmless: "repeated clicks, harmless", scriptError: "page error", idle: "idle, shortened" },
    noneSeen: "none seen", quietMoments: { unknown: "not clear", neutral: "calm, nothing seen" } as Record<string, string>,
    note: "The line shows the score as it stood at each second. The sum beside the replay shares the total out.",
    panel: { score: "Score", events: "Events", network: "Network", console: "Console", label: "Details" },
    start: "Nothing went wrong", between: (a: number, b: number) => `between ${a} and ${b}`,
    betweenWhy: (a: number, b: number) => `${a} if every sign seen were certain, ${b} if only the sure ones counted.`,
    moreTimes: (n: number) => `Show ${plural(n, "further time")}`, measured: (what: string) => `Measured: ${what}.`, version: (v: string) => `Score version ${v}.`,
    notScored: "No score is shown: 100 would mean that nothing went wrong, and nobody can know that here.", provisional: "So far: the visit may still go on. The score is final 30 minutes after the last activity.",
    none: { events: "No events recorded.", network: "No calls recorded.", console: "No errors seen.", moments: "None seen." },
    moments: "Moments", momentsSub: "estimates of the moment, not the person", aroundTitle: (t: string) => `Around ${t}`, aroundSub: "in step with the replay", nothingAround: "Nothing within 10 seconds.",
    others: "Others like this", othersSub: "same trouble", noOthers: "No other session of these days had the same trouble.",
    unanswered: "no answer", answered: (ms: string) => `answered after ${ms}`, failed: "failed", unfinished: (ms: string) => `no answer in ${ms}`, network: "network failure", truncated: "Only the first 5,000 events are shown.",
    lost: (n: number) => `${plural(n, "batch", "batches")} of this session did not arrive: the timeline has holes.`,
    timeline: (title: string, score: string, signals: number, calls: number, errors: number) =>
      `${title}. ${score}. ${plural(signals, "signal")}, ${plural(calls, "API call")}, ${plural(errors, "error")}.`,
  },
  errors: errorWords,
  latency: {
    title: "Latency", views: { apis: "APIs", vitals: "Screens and vitals" }, choose: "What is shown", noName: "no name", noScreen: "before the first screen", unknownScreen: "screen not known",
    population: (calls: number) => plural(calls, "call"), inSessions: (n: number) => `in ${plural(n, "session")}`,
    columns: { api: "API", p50: "p50", p75: "p75", p95: "p95", p99: "p99", failed: "Fails", unfinished: "No answer", apdex: "Apdex", points: "Points lost" },
    calls: (n: number) => plural(n, "call"), rate: (perMinute: number) => {
      const [rate, unit] = perMinute >= 1 ? [perMinute, "a minute"] : perMinute >= 1 / 60 ? [perMinute * 60, "an hour"] : [perMinute * 1440, "a day"];
      return rate < 0.1 ? `under 0.1 ${unit}` : `${rate < 10 ? rate.toFixed(1) : count(rate)} ${unit}`;
    },
    few: "few", fewWhy: "Too few calls: p95 needs 20, p99 needs 100.", none: "none",
    rail: (p50: string, p75: string, high: string) => `p50 ${p50}, p75 ${p75}, up to ${high}`,
    legend: "Dots: p50, p75 (ring), p95. Line on to p99. Log scale. Percentiles are of finished calls, within 1 %.", apdexAt: (ms: number) => `Apdex at ${duration(ms)}`,
    shown: (n: number, all: number) => `${count(n)} of ${plural(all, "API")}`,
    empty: "No call in this period.", emptySub: "The sessions of this period called no API, or they are left out by a filter.",
    costs: (api: string) => `What waiting for ${api} goes together with`, costsAll: "What waiting goes together with", costsSub: "sessions by the p75 of their calls",
    thisApi: "This API", allApis: "All APIs", panels: { score: "Score", left: "Left the site within a minute", rage: "Rage clicks" },
    doseNote: "95 % intervals. The score counts waits itself, so part of its fall is built in. People who wait longer differ in other ways too: seen together, not proven to be the cause.",
    unbanded: (n: number) => `${plural(n, "session")} finished no such call.`, doseNone: "No session of this period finished such a call.",
    band: (min: number | null, max: number | null) => (min === null ? `under ${seconds(max ?? 0)}` : max === null ? `over ${seconds(min)}` : `${min / 1000}–${seconds(max)}`),
    interval: (low: string, high: string) => `${low} to ${high}`, fewSessions: "under 30 sessions",
    trend: "p50, p75, p95 over the period", trendSays: (low: string, high: string) => `p75 between ${low} and ${high} over the period.`, trendNone: "No finished call in this period.",
    distribution: "How long it took", distributionSub: "finished calls, log scale", bar: (range: string, calls: number, sessions: number) => `${range}: ${plural(calls, "call")} in ${plural(sessions, "session")}`,
    answers: "Answers", watchFailed: "Watch the sessions where it failed", whole: "Whole answer",
    status: { ok: "2xx", redirected: "3xx", refused: "4xx", broken: "5xx", network: "network failure", unfinished: "no answer", other: "other" },
    firstByte: "First byte", firstByteSub: (n: number) => `of ${plural(n, "call")} that the browser timed`, screens: "Called from", screensSub: "the screen that was open",
    slowest: "Slowest calls", slowestSub: "each opens its moment", at: (offset: string) => `at ${offset}`, notCalled: (api: string) => `No session of this period called ${api}.`,
    table: { from: "From", calls: "Calls", sessions: "Sessions", failed: "Failed", band: "p75 of calls", score: "Score", left: "Left", rage: "Rage" },
    vitals: {
      screen: "Screen", all: "All screens", views: (n: number) => plural(n, "view"), sub: "75th percentile by screen and device; the bar parts the views in good, needs improvement and poor",
      names: { LCP: "main content", INP: "reaction", CLS: "jumps", FCP: "first content", TTFB: "first byte" }, ratings: { good: "good", "needs-improvement": "needs improvement", poor: "poor" },
      rated: (good: string, middle: string, poor: string) => `${good} good, ${middle} need improvement, ${poor} poor`, lines: "Lines of web.dev, for all devices: LCP 2.5 and 4 s, INP 200 and 500 ms, CLS 0.1 and 0.25, FCP 1.8 and 3 s, TTFB 0.8 and 1.8 s.",
      poor: (share: string) => `${share} poor`, none: "No web vital was measured in this period.", noneSub: "They come with the script's part for vitals, a moment after a page was left.", rest: (n: number) => `${count(n)} further screens with fewer views`,
    },
    chip: {
      called: (api: string) => `called ${api}`, any: "made a call", status: { any: "", "2xx": "answered 2xx", "3xx": "answered 3xx", "4xx": "answered 4xx", "5xx": "answered 5xx", network: "with a network failure", unfinished: "without an answer", other: "with another status", failed: "that failed" },
      from: (screen: string) => `from ${screen}`, took: (range: string) => `taking ${range}`, waited: (range: string, api: string) => `waited ${range}${api}`, for: (api: string) => ` for ${api}`, anyTime: "at all",
      left: "left within a minute after the slowest call", between: (a: string, b: string) => `${a} to ${b}`, least: (a: string) => `${a} or more`, below: (b: string) => `under ${b}`,
      vital: (name: string, rating: string, screen: string) => `had ${rating === "" ? "a measured" : `a ${rating}`} ${name}${screen}`, on: (screen: string) => ` on ${screen}`,
    },
  },
  firstRun: {
    listening: "Listening", title: "One script, then the first visit.",
    lead: "Put this in the head of every page. The first session shows up here about five seconds after it happens.",
    add: "Add the script", copy: "Copy", copied: "Copied", privacy: "Typed text is masked in the browser, addresses lose their query, Do Not Track is honoured.",
    open: "Open your site", waiting: "Waiting for the first event. Click anywhere on the page.", arrived: "The first event has arrived. Its session is shown in a moment.", see: "See it",
    seeSub: "Replay at once, a score a few seconds after. Comparisons need 100 sessions on each side; until then you see counts, not verdicts.",
    will: "What you will see here", scale: "experience score, 0 to 100", noKey: "This project has no write key. Make one with “mien key create”.",
  },
  keys: {
    title: "Keys", close: "Close", open: "All keys", everywhere: "On every page", onList: "On the list of sessions", onSession: "On a session", onErrors: "On the list of errors", onLatency: "On Latency", apis: "next and previous API", onJourneys: "On journeys", view: "flow, funnel, loops", direction: "forwards or backwards", table: "table or drawing", onHeatmap: "On the heatmaps", layer: "next layer", width: "next width",
    help: "this overview of the keys", search: "search", rows: "next and previous row", enter: "open the row", play: "play and pause", arrows: "5 seconds back and on",
    signals: "next and previous signal", neighbours: "previous and next session of the list", speed: "speed, 0.5× to 8×", idle: "skip idle time or not", full: "full screen", copy: "copy the link at this second",
    lanes: "with the timeline in focus: from mark to mark, from lane to lane", or: "or",
  },
  states: {
    again: "Try again", loading: "Loading", unreachable: "Mien does not answer. It may be restarting; what sites send is kept in their browsers meanwhile.",
    failed: (status: number) => `The server could not answer (HTTP ${status}).`, couldNot: "could not load", crashed: "This part could not be drawn. The rest of the page is current.",
    notFound: "There is no such page", notFoundSub: "The address may be mistyped, or the session is gone.", home: "Go to the overview", unknownProject: (slug: string) => `There is no project “${slug}”`, unknownProjectSub: "It may have another name, or this account may not read it.", goTo: (name: string) => `Go to ${name}`, slow: "Still counting", noProject: "There is no project to show. Make one with “mien project create”.",
  },
};

interface FoundPlace {
  cause: Cause;
  place_kind: "screen" | "api" | "element";
  place: string;
  place_screen: string | null;
  label: string | null;
}

/** The finding's sentence around its underlined place, per cause and kind of place. */
export function findingPhrase({ cause, place_kind, place, place_screen, label }: FoundPlace): { before: string; place: string; after: string } {
  const named = place_kind !== "element" ? place : `${label ? `“${label}”` : place}${place_screen ? ` on ${place_screen}` : ""}`;
  const where = { screen: " on ", api: " for ", element: " at " }[place_kind];
  const starts: Record<Cause, [string, string]> = {
    wait: [`waiting${where}`, ""],
    fail: place_kind === "api" ? ["", " failing"] : [`failures${where}`, ""],
    noans: place_kind === "element" ? ["clicking ", " without an answer"] : [`clicks without an answer${where}`, ""],
    circle: [place_kind === "screen" ? "going in circles around " : "going in circles at ", ""],
    form: [`trouble with the form${where}`, ""],
    restless: [`restless scrolling and pointing${where}`, ""],
  };
  const [before, after] = starts[cause];
  return { before, place: named, after };
}

const SIGNALS: Record<string, { name: string; cause: Cause }> = {
  slow_api: { name: "slow API", cause: "wait" },
  unfinished_wait: { name: "wait without an end", cause: "wait" },
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

/** A detector's name in words; an unknown one reads as it is stored. */
export function signalName(type: string): string {
  return SIGNALS[type]?.name ?? type.replaceAll("_", " ");
}

/** The cause that a detector belongs to (theme.json, `causes.*.signals`); one that is not sorted yet is the mildest. */
export function causeOfSignal(type: string): Cause {
  return SIGNALS[type]?.cause ?? "restless";
}
