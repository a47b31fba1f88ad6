// The texts of the journeys: loaded with what shows them.
import { count, plural } from "./format";

export const journeysWords = {
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
    title: (name: string, at?: number) => `Before leaving ${name}${at === undefined ? "" : ` as screen ${at}`}`, sub: "the last 60 seconds on it, beside those who went on", left: (n: number, all: number, part: string) => `${count(n)} of ${count(all)} left, ${part}`, was: (part: string, before: string) => `${part} in ${before}`,
    columns: { what: "In the last minute", left: "Of those that left", on: "Of those that went on", ratio: "Times as often", sessions: "Sessions" },
    kinds: { rage: "Rage clicks", error: "Something failed", slow: "Waiting", other: "Other trouble", nothing: "Nothing seen" },
    read: (left: number, part: string, what: string, others: string | null) => `Read: of ${plural(left, "session")} that left here, ${part} had “${what}” in the last minute${others === null ? "" : `; of those that went on, ${others}`}.`, dots: "Filled dot: left. Ring: went on.", note: "One session can have several. Seen together, not proven to be the cause. Press another screen in the drawing to compare there.", leftFew: (n: number, all: number) => `${count(n)} of ${plural(all, "session")} left here`, few: (least: number) => `Too few left to say what came before: ${count(least)} are needed. Press another screen in the drawing to see it there.`, choose: "Press a screen in the drawing to see what came before leaving it.", none: "Nobody left here.",
  },
  loops: {
    title: "Going in circles", sub: "to a screen and straight back", columns: { loop: "Between", rounds: "Returns each", away: "Time away", difference: "Score", sessions: "Sessions" },
    few: "few", fewWhy: (a: number, b: number) => `Too few scored sessions to compare: ${count(a)} went back and forth, ${count(b)} saw both screens and did not. 100 of each are needed.`,
    interval: (low: string, high: string) => `${low} to ${high}`, note: "Score: against sessions that saw both screens and did not go back and forth, with the 95\u00a0% interval. Seen together, not proven to be the cause.",
    none: "Nobody went back and forth.", noneSub: "A loop is opening a screen and going straight back.", all: (n: number) => `All ${count(n)}`,
  },
  funnel: {
    title: "Funnel", build: "Steps in order", buildSub: "other screens between them are allowed", step: (n: number) => `Step ${n}`, choose: "Choose a screen or event", groups: { screens: "Screens", events: "Events of your own" },
    add: "Add a step", remove: (n: number) => `Remove step ${n}`, earlier: (n: number) => `Move step ${n} up`, window: "Within", session: "one session",
    event: (name: string) => `event ${name}`, few: "Choose two to eight steps.", fewSub: "A funnel counts how many sessions come from each step to the next.",
    sentence: (part: string, n: number, all: number) => `${part} of those who began came through: ${count(n)} of ${count(all)}.`, nobody: "Nobody began this funnel in the period.",
    ofPrevious: (part: string) => `${part} of the step before`, interval: (low: string, high: string) => `95\u00a0% interval ${low} to ${high}`, median: (time: string) => `median ${time}`,
    dropped: (n: number, part: string) => `${plural(n, "session")} came no further (${part})`, before: "just before, one session can have several:", note: "What was seen in the last minute before they left. Seen together, not proven to be the cause.", noteWindow: "What was seen in the minute before they left, or before the time was up. Seen together, not proven to be the cause.",
  },
  empty: "No screen in this period.", emptySub: "Journeys need sessions with screens.", noStart: (name: string) => `No session saw ${name} in this period.`, noStartSub: "Begin the flow elsewhere, take a longer period, or fewer filters.", clearStart: "From any first screen",
};
