// mien.js: reads its script tag, starts recording, and answers calls on the global `mien`.

import { startClient, type Client, type Traits } from "./client";
import { quietly } from "./guard";
import { readOptions } from "./options";
import { refusesTracking } from "./privacy";
import { openStore } from "./storage";

/** The global `mien`. Calls made before the script has loaded are queued: docs/sdk.md. */
export interface Mien {
  /** Say who is signed in. @example mien.identify("42", {email: "ada@example.org"}) */
  identify(id: string, traits?: Traits): void;
  /** Record an event of your own. @example mien.track("coupon_used", {value: 5}) */
  track(name: string, properties?: Record<string, unknown>): void;
  /** Name the screen yourself. @example mien.screen("checkout/payment") */
  screen(name: string): void;
  /** On sign-out: a new session, of nobody. @example mien.reset() */
  reset(): void;
  /** @example mien.setContext({app_version: "2.4.1"}) */
  setContext(context: { app_version?: string }): void;
  /** Record nothing on this device until `optIn`; what waits is thrown away. @example mien.optOut() */
  optOut(): void;
  /** @example mien.optIn() */
  optIn(): void;
  /** Send what is there and stop until the next page. @example mien.stop() */
  stop(): void;
  /** Send what is there now. @example await mien.flush() */
  flush(): Promise<void>;
  /** The running session, to link it elsewhere; "" when nothing is recorded. */
  readonly sessionId: string;
}

/** What a page may have put in our place before we came. */
type Stub = Partial<Mien> & { q?: [name: keyof Mien, args: unknown[]][] };

const OPTED_OUT = "off";

function createApi(): Mien {
  const store = openStore(() => localStorage);
  const options = readOptions();
  let client: Client | undefined;

  // Without a key, or where the browser refuses, every call is still there and does nothing.
  function start(): void {
    if (!options || client || store.get(OPTED_OUT)) return;
    if (options.ignoresRefusal || !refusesTracking()) client = startClient(options, store);
  }

  function end(how: "stop" | "forget"): void {
    client?.[how]();
    client = undefined;
  }

  const api = {
    optOut: quietly(() => {
      end("forget");
      store.set(OPTED_OUT, "1");
    }),
    optIn: quietly(() => {
      store.remove(OPTED_OUT);
      start();
    }),
    stop: quietly(() => end("stop")),
    flush: async () => client?.flush(),
    get sessionId() {
      return client?.sessionId() ?? "";
    },
  } as Mien;
  for (const name of ["identify", "track", "screen", "reset", "setContext"] as const) {
    api[name] = quietly((...args: unknown[]) => (client?.[name] as ((...args: unknown[]) => void) | undefined)?.(...args));
  }
  quietly(start)();
  return api;
}

quietly(() => {
  const page = window as unknown as { mien?: Stub };
  const { sessionId, q } = page.mien ?? {};
  if (sessionId !== undefined) return; // loaded twice is loaded once
  const api = createApi();
  page.mien = api;
  q?.forEach(([name, args]) => (api[name] as (...args: unknown[]) => void)(...args));
})();
