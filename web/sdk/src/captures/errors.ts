// Uncaught errors, unhandled rejections, and resources that did not load. Repeats are counted, not flooded.

import { timeOfEvent, type CaptureContext } from "../context";
import { all, listen, type Stop } from "../guard";
import { cleanAddresses, cleanUrl, maskText } from "../privacy";

const MAX_MESSAGE = 1_000;
const MAX_STACK = 8_000;
const SINGLE = 10; // the first equal errors of a page are items of their own; later ones are counted until it is left
const MAX_KINDS = 100; // different errors of one page

/** The parts that are read of anything thrown. */
type Thrown = { name?: string; message?: string; stack?: string } | null | undefined;

export function errors({ addError, on, options }: CaptureContext): Stop {
  const seen = new Map<string, { message: string; stack?: string; at: number; count: number }>();

  function add(event: Event, rawMessage: string, rawStack = ""): void {
    if (/^ResizeObserver loop/.test(rawMessage)) return; // a notice of the browser, no error of the page
    const message = maskText(cleanAddresses(rawMessage)).slice(0, MAX_MESSAGE);
    const stack = cleanAddresses(rawStack).slice(0, MAX_STACK) || undefined;
    const at = timeOfEvent(event);
    const known = seen.get(message + stack) ?? { message, stack, at, count: 0 };
    if (seen.size < MAX_KINDS) seen.set(message + stack, known);
    known.at = at;
    if (++known.count <= SINGLE) addError({ message, stack, at });
  }

  on("leave", () =>
    seen.forEach((known) => {
      if (known.count > SINGLE) addError({ ...known, count: known.count - SINGLE });
      known.count = Math.min(known.count, SINGLE);
    }),
  );
  return all(
    listen<ErrorEvent>("error", (event) => {
      const element = event.target as HTMLImageElement & HTMLLinkElement;
      const { message, error, filename, lineno, colno } = event;
      if (!element.localName) return add(event, message, (error as Thrown)?.stack ?? `at ${filename}:${lineno}:${colno}`);
      const url = element.currentSrc || element.src || element.href;
      // Our own script, kept away by an ad blocker, is no error of the page.
      if (url !== options.replayUrl) add(event, `Failed to load ${element.localName} ${cleanUrl(url)}`);
    }),
    listen<PromiseRejectionEvent>("unhandledrejection", (event) => {
      const reason = event.reason as Thrown;
      if (reason?.name === "AbortError") return; // a request that the page itself gave up
      // As an error prints itself: "TypeError: no such thing".
      add(event, "Uncaught (in promise) " + (reason?.stack ? `${reason.name}: ${reason.message}` : reason), reason?.stack);
    }),
  );
}
