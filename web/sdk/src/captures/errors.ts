// Uncaught errors, unhandled rejections, and resources that did not load. Repeats are counted, not flooded.

import { screen } from "../core";
import { listen, quietly, wrap } from "../guard";
import { given, parts } from "../options";
import { cleanAddresses, cleanUrl, maskText } from "../privacy";
import { add, items } from "../queue";
import { isLive } from "../session";

const MAX_MESSAGE = 1_000;
const MAX_STACK = 8_000;
const SINGLE = 10; // so many equal errors of a batch are items of their own; one more stands for all others

/** The parts that are read of anything thrown. */
type Thrown = { name?: string; message?: string; stack?: string } | null | undefined;

export function errors(): void {
  function note(rawMessage: string, rawStack = ""): void {
    if (/^ResizeObs/.test(rawMessage) || !isLive()) return; // a notice of the browser, no error of the page
    const message = maskText(cleanAddresses(rawMessage.slice(0, MAX_STACK))).slice(0, MAX_MESSAGE);
    const stack = cleanAddresses(rawStack.slice(0, MAX_STACK)) || undefined;
    const equal = items.errors.filter((error) => error.message === message && error.stack === stack);
    if (equal[SINGLE]) equal[SINGLE].count!++;
    else add("errors", { screen, message, stack, at: Date.now(), count: 1 });
  }

  listen<ErrorEvent>("error", (event, _, target) => {
    const element = target as HTMLImageElement & HTMLLinkElement;
    const url = element.currentSrc || element.src || element.href;
    if (!element.localName) note(event.message, (event.error as Thrown)?.stack);
    // Our own parts, kept away by an ad blocker, are no error of the page.
    else if (!url.startsWith(parts + "mien")) note(`Failed to load ${element.localName} ${cleanUrl(url)}`);
  });
  listen<PromiseRejectionEvent>("unhandledrejection", (event) => {
    const reason = event.reason as Thrown;
    if (reason?.name === "AbortError") return; // a request that the page itself gave up
    // As an error prints itself: "TypeError: no such thing".
    note("Uncaught (in promise) " + reason, reason?.stack);
  });
  if (given.console == null) return;
  wrap(console, "error", (call, args) => {
    quietly(() => note("console.error: " + args.join(" "), args.find((arg) => arg?.stack)?.stack))();
    return call();
  });
}
