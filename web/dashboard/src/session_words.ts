// The texts of a session: loaded with what shows them.
import { plural } from "./format";

export const sessionWords = {
  queue: {
    place: (n: number, all: number) => `${n} of ${all}`, inQueue: "in the queue", previous: "Previous in the queue", next: "Next in the queue", leave: "Leave the queue",
    onTo: (n: number, all: number) => `Next: ${n} of ${all}`, in: (s: number) => `in ${s} s`, stay: "Stay here", go: "Go on", last: (all: number) => `That was the last of ${all}`, noReplay: "nothing was recorded here",
  },
  back: "Sessions", backToError: "The error", screens: (n: number) => plural(n, "screen"), release: (v: string) => `release ${v}`, copy: (t: string) => `Copy link at ${t}`, copied: "Copied", copyByHand: "The browser does not allow copying here. Copy this address:",
  replay: "Replay", masked: "Typed text is never recorded", maskedShort: "Text is masked", play: "Play", pause: "Pause", back10: "10 seconds back", on10: "10 seconds on",
  worst: (t: string) => `Worst moment, ${t}`, worstWhy: "Go to what cost this session most", nextSignal: "Next signal", previousSignal: "Previous signal", skipIdle: (on: boolean) => `Skip idle: ${on ? "on" : "off"}`, speed: "Speed", full: "Full screen",
  tab: (n: number) => `Tab ${n}`, skipping: "Skipping idle time", buffering: "Loading the recording", noReplay: "No replay of this session",
  noReplaySub: "No recording arrived for it. The timeline below shows what was measured.", replayFailed: "The replay did not load",
  whole: "The whole session", wholeSub: "click anywhere to go there", around: (t: string) => `30 s around ${t}`, zoomAll: "Whole session",
  lanes: { score: "Score", signals: "Signals", moments: "Likely moments", screens: "Screens", clicks: "Clicks", calls: "API calls", errors: "Errors", vitals: "Vitals" },
  legend: { answered: "click answered", unanswered: "click without answer", call: "call", slow: "slow call", failed: "failed", unfinished: "unfinished", vital: (rating: string) => `vital: ${rating}`, harmless: "repeated clicks, harmless", lost: "not received", idle: "idle, shortened" },
  notRated: "not rated", noneSeen: "none seen", quietMoments: { unknown: "not clear", neutral: "calm, nothing seen" } as Record<string, string>,
  note: "The line shows the score as it stood at each second. The sum beside the replay shares the total out.",
  panel: { score: "Score", signals: "Signals", events: "Events", network: "Network", console: "Console", label: "Details" },
  start: "Nothing went wrong", between: (a: number, b: number) => `between ${a} and ${b}`,
  betweenWhy: (a: number, b: number) => `${a} if every sign seen were certain, ${b} if only the sure ones counted.`,
  moreTimes: (n: number) => `Show ${plural(n, "further time")}`, measured: (what: string) => `Measured: ${what}.`, version: (v: string) => `Score version ${v}.`,
  notScored: "No score is shown: 100 would mean that nothing went wrong, and nobody can know that here.", provisional: "So far: the session may still go on. The score is final 30 minutes after the last activity.",
  openApi: "Latency of this API",
  none: { signals: "No signals seen.", events: "No events recorded.", network: "No calls recorded.", console: "No errors seen.", moments: "None seen." },
  restsOn: (signal: string) => `By the signal: ${signal}`, atPlayhead: "The moment nearest to the playhead", moments: "Moments", momentsSub: "estimates of the moment, not the person", aroundTitle: (t: string) => `Around ${t}`, aroundSub: "in step with the replay", nothingAround: "Nothing within 10 seconds.",
  howWorked: "How it is worked out", byVisitor: "sessions by this visitor", byDevice: "visitor without a name: sessions of this device", byDeviceWhy: "The site does not say who this is. Sessions of one browser or app without a name count as one visitor; after signing in they are somebody else’s.", allOthers: (n: number) => `All ${plural(n, "session")} of this period`, others: "Others like this", othersSub: "same trouble", othersBy: (what: string) => `same trouble, ${what}`, noOthers: "No other session of this period had the same trouble.",
  unanswered: "no answer", answered: (ms: string) => `answered after ${ms}`, failed: "failed", unfinished: (ms: string) => `unfinished after ${ms}`, network: "network failure", times: (text: string, n: number) => n > 1 ? `${text} (${plural(n, "time")})` : text, truncated: "Too long to show all of it: the first 5,000 events and calls, and up to 2,000 errors, are here.",
  lost: (n: number, isPlaced: boolean) => `${plural(n, "batch", "batches")} of this session did not arrive: ${isPlaced ? "the timeline has holes, hatched in every lane" : "something is missing, and nothing that came tells from when"}.`,
  timeline: (title: string, score: string, signals: number, calls: number, errors: number) =>
    `${title}. ${score}. ${plural(signals, "signal")}, ${plural(calls, "API call")}, ${plural(errors, "error")}.`,
};
