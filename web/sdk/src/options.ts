// Options from the script tag: <script async src="https://HOST/mien.js" data-key="mk_..."></script>

export interface Options {
  key: string;
  batchUrl: string;
  replayUrl: string;
  /** For the replay script, under a content security policy with nonces. */
  nonce: string;
  staff: true | undefined;
  /** True: record although the browser asks not to be tracked. */
  ignoresRefusal: boolean;
  appVersion: string | undefined;
  /** The site's own route patterns, such as "/blog/:slug". */
  routes: readonly string[];
  /** Names of captures that are off. */
  off: readonly string[];
}

const list = (text = ""): string[] => text.split(/[\s,]+/);

/** Undefined without a tag that has a key. */
export function readOptions(): Options | undefined {
  const current = document.currentScript as HTMLScriptElement | null;
  // `currentScript` is null in modules, and another tag's where a tag manager loads us.
  const tag = current?.dataset.key ? current : document.querySelector<HTMLScriptElement>("script[data-key^=mk_]");
  if (!tag) return undefined;
  const { key, collector, replay, staff, privacySignals, appVersion, routes, off } = tag.dataset;
  const src = new URL(tag.src || "/mien.js", location.href); // the `src` of an inline script is ""
  return {
    key: key!,
    batchUrl: (collector ?? src.origin) + "/v1/batch",
    replayUrl: new URL("mien-replay.js", src).href,
    nonce: tag.nonce ?? "",
    staff: (staff ?? "off") !== "off" || undefined,
    ignoresRefusal: privacySignals === "ignore",
    appVersion,
    routes: list(routes),
    off: [...list(off), replay === "off" ? "replay" : ""],
  };
}
