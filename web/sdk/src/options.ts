// Options: attributes of the script tag, or the same names given to `init` of the npm package.

/** What `<script data-key="mk_..." data-off="replay,pointer">` says; `data-app-version` is `appVersion`. */
export interface Settings {
  /** The project's write key. */
  key?: string;
  /** Base address that batches go to and parts are loaded from, for a proxy on your own domain. */
  collector?: string;
  /** "off": no replay. "strict": every text of the page is masked in it. */
  replay?: string;
  /** Captures that are off, separated by commas. */
  off?: string;
  /** The site's own route patterns: "/blog/:slug,/docs/*". */
  routes?: string;
  appVersion?: string;
  /** Marks the session as that of your own people. "off" is as if it were missing. */
  staff?: string;
  /** "ignore": record although the browser sends Global Privacy Control or Do Not Track. */
  privacySignals?: string;
  /** "required": nothing is stored on the device, nor sent, before `mien.consent(true)`. */
  consent?: string;
  /** Set: console.error is recorded too. */
  console?: string;
  /** For parts that are loaded, under a content security policy with nonces. */
  nonce?: string;
}

export let given: Settings = {};
/** Where the collector is, without a slash at the end. */
export let base = "";
/** Where parts (mien-replay.js, ...) lie: a folder, with the slash. */
export let parts = "";

export const list = (text = ""): string[] => text.split(/[\s,]+/);

/** `src` is the address of the script. */
export function setOptions(settings: Settings, src: string): void {
  given = settings;
  base = given.collector ?? new URL(src).origin;
  parts = new URL(".", src).href;
}

/** Whether the page itself has switched a capture off. */
export const isOff = (name: string): boolean => list(given.off).includes(name) || given[name as keyof Settings] === "off";

/** The settings and address of our own tag; no settings without one that has a key. */
export function readTag(): [Settings, string] {
  // Not `currentScript`: that is null in modules, and another tag's where a tag manager loads us.
  const tag = document.querySelector<HTMLScriptElement>("script[data-key^=mk_]");
  // The `src` of an inline script is "".
  return [{ nonce: tag?.nonce, ...tag?.dataset }, tag?.src || location.href];
}
