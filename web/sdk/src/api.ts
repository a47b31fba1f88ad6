// The calls that a page can make.

import { emit, halt, isRunning, setScreen, start } from "./core";
import { quietly, tell } from "./guard";
import { setOptions, type Settings } from "./options";
import { loadPart } from "./parts";
import { refusesTracking, withoutTyped } from "./privacy";
import { flush } from "./queue";
import { renew, session } from "./session";
import { forget, keep, local, open, write } from "./storage";
import { openTab } from "./tab";
import { clear, said } from "./transport";
import type { WireUser } from "./wire";

/** What `identify` takes beside the id. The collector keeps no others. */
export type Traits = Omit<WireUser, "external_user_id">;

/** The global `mien`. No call throws, whatever it is given. */
export interface Mien {
  /** Say who is signed in. @example mien.identify("42", {email: "ada@example.org"}) */
  identify(id: string, traits?: Traits): void;
  /** Record an event of your own. @example mien.track("coupon_used", {value: 5}) */
  track(name: string, properties?: Record<string, unknown>): void;
  /** Name the screen yourself. @example mien.screen("checkout/payment") */
  screen(name: string): void;
  /** On sign-out: a new session, of nobody. @example mien.reset() */
  reset(): void;
  /** The release, and whether this is one of your own people. @example mien.setContext({app_version: "2.4.1"}) */
  setContext(context: { app_version?: string; staff?: boolean }): void;
  /** Ask how it went, now; at most once per 14 days. `trigger` says why: "incident", "task". @example mien.feedback("task") */
  feedback(trigger?: string): void;
  /** Where `data-consent="required"`: true keeps and sends from now on, false forgets. @example mien.consent(true) */
  consent(isGiven: boolean): void;
  /** Record nothing on this device until `optIn`; what waits is thrown away. @example mien.optOut() */
  optOut(): void;
  /** @example mien.optIn() */
  optIn(): void;
  /** Send what is there and stop until the next page. @example mien.stop() */
  stop(): void;
  /** Send what is there now. @example await mien.flush() */
  flush(): unknown;
  /** The running session, to link it elsewhere; "" when nothing is recorded. */
  readonly sessionId: string;
}

const OFF = "mien:off";
const CONSENT = "mien:consent";

/** Starts recording at once, where that is allowed. Without a key, every call is there and does nothing. */
export function createApi(given: Settings, src: string): Mien {
  function begin(): void {
    if (given.key && !isRunning() && !local[OFF] && (given.privacySignals === "ignore" || !refusesTracking())) start();
  }

  const calls = {
    identify(id: unknown, traits: Record<string, unknown> = {}) {
      write(local, "mien:user", "" + id);
      said.user = {};
      // As text: the collector would refuse a batch for a number.
      for (const name of ["email", "locale", "device_type"] as const) if (traits[name]) said.user[name] = "" + traits[name];
    },
    // A copy, so that what cannot be sent fails here.
    track: (name: unknown, properties = {}) => emit("" + name, withoutTyped(properties, /^/)),
    screen(name: unknown) {
      setScreen("" + name);
      emit("screen_view", { load: "spa" });
    },
    reset() {
      renew(); // what came before is sealed with the old user
      said.user = {};
      forget("mien:user");
    },
    setContext(context: Record<string, unknown>) {
      if (context.app_version) said.app_version = "" + context.app_version;
      if (context.staff != null) said.staff = !!context.staff;
    },
    feedback: (trigger = "task") => loadPart("feedback", trigger, 1)(),
    stop() {
      tell("leave", false);
      halt();
    },
    flush,
    optOut() {
      clear();
      halt();
      forget("mien:");
      write(local, OFF, "1");
    },
    optIn() {
      keep();
      forget(OFF);
      if (given.consent) write(local, CONSENT, "1");
      openTab();
      begin();
    },
    consent: (isGiven: boolean) => calls[isGiven ? "optIn" : "optOut"](),
  };
  const api = {
    get sessionId() {
      return isRunning() ? session().id : "";
    },
  } as any;
  for (const name in calls) {
    const call = (calls as any)[name];
    api[name] = quietly((...args) => (isRunning() || /^opt|con/.test(name)) && call(...args));
  }
  quietly(() => {
    setOptions(given, src);
    if (given.consent !== "required" || open(() => localStorage)[CONSENT]) keep();
    begin();
  })();
  return api;
}
