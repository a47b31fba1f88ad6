// Puts the parts together: captures -> queue -> transport, within a session and a tab.

import { CAPTURES } from "./captures";
import { listen, later, now, on, tell, within } from "./guard";
import { given, isOff } from "./options";
import { noteTyped } from "./privacy";
import { add, takeAll } from "./queue";
import { config, isSampled, loadConfig } from "./remote";
import { touch } from "./session";
import { isKept } from "./storage";
import { closeTab, next, openTab } from "./tab";
import { resend, said, send, sendAll } from "./transport";
import type { Metadata, WireEvent } from "./wire";

const RESEND_MS = 3_000; // let the page's own work go first
const QUIET_MS = 1_000; // signals.md A.2: a request that a user waits on starts within 1 s

/** When and where an event was; what is missing is filled in: now, on this screen, the next in order. */
export type Place = Partial<Omit<WireEvent, "type" | "metadata">>;

export let screen = "";
let actedAt = -QUIET_MS;
let running: Record<string, AbortController> = {};

/** True when the person has done nothing for a second: what happens now happens by itself. */
export const isQuiet = (): boolean => now() - actedAt > QUIET_MS;

/** The viewport and the page, in CSS pixels. Reads layout: not for hot paths. */
export const sizes = (): { vw: number; vh: number; page_h: number } => ({
  vw: innerWidth,
  vh: innerHeight,
  page_h: document.documentElement.scrollHeight,
});

/** Something the person did; it keeps the session alive. Returns the event as queued. */
export function emit(type: string, metadata: Metadata, place?: Place): WireEvent {
  touch();
  const event = { type, at: Date.now(), screen, ...place, metadata: { seq: next("event"), ...metadata } };
  add("events", event);
  return event;
}

export function setScreen(name: string): void {
  if (name !== screen) tell("screen", name); // captures finish what belongs to the old one
  screen = name;
}

/** The part of the Navigation API's event that is read; older type libraries do not know it. */
type NavigateEvent = Event & { destination: { sameDocument: boolean }; downloadRequest?: string | null };

/** Before all captures, since hooks are called last to first: what they still add is sent, too. */
function listenToPage(): void {
  let isGone = false;
  on("leave", (isUnloading) => {
    if (isKept) sendAll(takeAll(), isUnloading);
    if (isUnloading) closeTab();
  });
  on("end", () => isKept && takeAll().forEach(send));
  listen("pointerdown keydown wheel touchmove", (_, at) => tell("acted", (actedAt = at)));
  // Before the page's own listeners can put it anywhere.
  listen("input change", (_, at, field) => {
    noteTyped(field);
    tell("answer", "input", at);
  });
  listen<PageTransitionEvent>("pageshow", (event) => {
    isGone = false;
    if (!event.persisted) return;
    openTab(true);
    resend();
  });
  listen("pagehide", () => tell("leave", (isGone = true)));
  // A page that is left is hidden after "pagehide". On the document, so that web vitals, which listen on the window,
  // have said their last word.
  listen("visibilitychange", () => document.hidden && tell("leave", isGone), document);
  // Not "beforeunload", where there is no Navigation API: that keeps pages out of the back/forward cache.
  listen<NavigateEvent>(
    "navigate",
    (event, at) =>
      event.downloadRequest != null
        ? tell("answer", "download", at)
        : event.destination.sameDocument || tell("leaving"),
    (window as { navigation?: EventTarget }).navigation,
  );
  later(resend, RESEND_MS);
}

const isWanted = (name: string): boolean =>
  !isOff(name) && config.captures?.[name] !== false;

export const isRunning = (): unknown => running.page;

function run(name: string, begin: () => void): void {
  within((running[name] = new AbortController()).signal, begin);
}

/** Records from now on. */
export function start(): void {
  said.app_version = given.appVersion;
  said.staff = (given.staff ?? "off") !== "off";
  openTab();
  touch();
  loadConfig(() => {
    if (!isSampled()) halt();
    for (const name in running) isWanted(name) || running[name]!.abort();
  });
  if (isSampled()) {
    run("page", listenToPage);
    for (const name in CAPTURES) if (isWanted(name)) run(name, CAPTURES[name]!);
  }
}

/** Takes every listener and wrapper away, and throws away what is in no batch yet. */
export function halt(): void {
  for (const name in running) running[name]!.abort();
  running = {};
  takeAll();
}
