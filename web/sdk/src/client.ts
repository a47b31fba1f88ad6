// Puts the parts together: captures -> queue -> transport, within a session and a tab.

import { createBus } from "./bus";
import { CAPTURES } from "./captures";
import type { CaptureContext, Place } from "./context";
import { all, later, listen, now, quietly, type Stop } from "./guard";
import { uuid } from "./ids";
import { createKept } from "./kept";
import type { Options } from "./options";
import { campaign, cleanUrl } from "./privacy";
import { createQueue } from "./queue";
import { createSession } from "./session";
import { openStore, type Store } from "./storage";
import { openTab } from "./tab";
import { createTransport } from "./transport";
import type { Batch, Items, Metadata, WireEvent, WireUser } from "./wire";

const RESEND_MS = 3_000; // let the page's own work go first
const QUIET_MS = 1_000; // signals.md A.2: a request that a user waits on starts within 1 s

/** What `identify` takes beside the id. The collector keeps no others. */
export type Traits = Pick<WireUser, (typeof TRAITS)[number]>;
const TRAITS = ["email", "locale", "device_type"] as const;

export interface Client {
  track(name: string, properties?: Metadata): void;
  screen(name: string): void;
  identify(id: string, traits?: Traits): void;
  reset(): void;
  setContext(context: { app_version?: string }): void;
  flush(): Promise<void>;
  /** Sends what is there and takes every listener and wrapper away. */
  stop(): void;
  /** As `stop`, but what waits is thrown away, with all that is stored on the device. */
  forget(): void;
  sessionId(): string;
}

/** The part of the Navigation API's event that is read; older type libraries do not know it. */
type NavigateEvent = Event & { destination?: { sameDocument: boolean }; downloadRequest?: string | null };

/** Starts recording at once. */
export function startClient(options: Options, store: Store): Client {
  const kept = createKept(store);
  const tab = openTab(openStore(() => sessionStorage));
  const { on, tell } = createBus();
  const stops: Stop[] = [];
  let isOn = true;
  let screen = "";
  let app_version = options.appVersion;
  let traits: Traits = {}; // in memory only; the id is stored, so that the next page knows it
  let pressedAt = -QUIET_MS;

  // Bound before our own captures wrap it: an upload must never record itself.
  const transport = createTransport({ url: options.batchUrl, fetch: fetch.bind(window), kept, onRefused: halt });
  const send = (items: Items): void => transport.send(batchOf(items));
  const queue = createQueue({
    prepare() {
      const work: Promise<void>[] = [];
      tell("prepare", (promise) => work.push(promise.catch(() => {})));
      return Promise.all(work);
    },
    send,
    isStuck: transport.isStuck,
    onLoss: () => tab.next("seq"), // a hole in the numbers: the server says that something was lost
  });
  const session = createSession(
    store,
    () => {
      const referrer = cleanUrl(document.referrer);
      return { referrer: referrer.startsWith(location.origin + "/") ? "" : referrer, utm: campaign(location.search) };
    },
    () => {
      tell("end");
      queue.takeAll().forEach(send);
    },
    () => tell("begin"),
  );

  function deviceId(): string {
    const id = store.get("device") ?? uuid();
    store.set("device", id);
    return id;
  }

  function batchOf(items: Items): Batch {
    const { id, started, referrer, utm } = session.current();
    const { width, height } = window.screen;
    const sent_at = Date.now();
    return {
      write_key: options.key,
      batch_id: uuid(sent_at),
      sent_at,
      tab: tab.id(),
      seq: tab.next("seq"),
      session: {
        session_id: id,
        device_id: deviceId(),
        started_at: started,
        screen_resolution: `${width}x${height}`,
        app_version,
        user: { locale: navigator.language, ...traits, external_user_id: store.get("user") },
        referrer: referrer || undefined,
        utm,
        staff: options.staff,
      },
      ...items,
    };
  }

  function emit(type: string, metadata: Metadata, place?: Place): WireEvent {
    if (isOn) session.touch();
    const event = { type, at: Date.now(), screen, ...place, metadata: { seq: tab.next("event"), ...metadata } };
    if (isOn) queue.add("events", event);
    return event;
  }

  function setScreen(name: string): void {
    if (name !== screen) tell("screen", name); // captures finish what belongs to the old one
    screen = name;
  }

  // What happens while nobody is there belongs to no session.
  const isLive = (): boolean => isOn && session.isLive();

  const context: CaptureContext = {
    options, emit, on, tell, isLive, setScreen,
    next: tab.next,
    screen: () => screen,
    addCall: (call) => isLive() && queue.add("latency", call),
    addError: (error) => isLive() && queue.add("errors", { screen, ...error }),
    addReplay: (chunk) => isOn && queue.add("replay", chunk),
    isQuiet: () => now() - pressedAt > QUIET_MS,
  };

  function leave(isUnloading: boolean): void {
    tell("leave", isUnloading);
    transport.leave(queue.takeAll().map(batchOf), isUnloading);
    if (isUnloading) tab.close();
  }

  function halt(): void {
    isOn = false;
    all(...stops)();
    queue.takeAll();
    transport.clear();
  }

  session.touch();
  // Before the captures: what they emit then must be counted on from where the tab is now.
  stops.push(
    listen("pointerdown keydown click", ({ timeStamp }) => void (pressedAt = timeStamp)),
    listen<PageTransitionEvent>("pageshow", ({ persisted }) => {
      if (!persisted) return;
      tab.reopen();
      transport.resendKept();
    }),
  );
  for (const [name, capture] of CAPTURES) {
    if (!options.off.includes(name)) quietly(() => stops.push(capture(context)))();
  }
  const { navigation } = window as { navigation?: EventTarget };
  stops.push(
    listen("pagehide", () => leave(true)),
    listen("visibilitychange", () => document.visibilityState === "hidden" && leave(false)),
    // "beforeunload" keeps pages out of Firefox's back/forward cache: only where there is nothing better.
    listen<NavigateEvent>(
      navigation ? "navigate" : "beforeunload",
      ({ destination, downloadRequest }) => destination?.sameDocument || downloadRequest != null || tell("leaving"),
      navigation,
    ),
    later(transport.resendKept, RESEND_MS),
  );

  return {
    track: (name, properties) => void emit(name, { ...properties }),
    screen(name) {
      setScreen(name);
      emit("screen_view", { load: "spa" });
    },
    identify(id, given = {}) {
      store.set("user", id);
      traits = {};
      // As text: the collector would refuse a batch for a number.
      for (const name of TRAITS) if (given[name]) traits[name] = "" + given[name];
    },
    reset() {
      session.renew(); // what came before is sealed with the old user
      traits = {};
      store.remove("user");
      store.remove("device");
    },
    setContext: (given) => void (app_version = "" + given.app_version),
    flush: queue.flush,
    stop() {
      leave(false);
      halt();
    },
    forget() {
      halt();
      store.keys("").forEach(store.remove);
    },
    sessionId: () => session.current().id,
  };
}
