// Screens: page loads, history and hash changes, returns from the back/forward cache. One event per address.

import { sizes, type CaptureContext } from "../context";
import { all, later, listen, now, quietly, type Stop, wrap } from "../guard";
import { campaign, cleanUrl, maskText } from "../privacy";
import { screenOf } from "../route";

const SETTLE_MS = 400; // frameworks set the title and draw the page after the address has changed
const MAX_TITLE = 200;

// Query strings and plain fragments make no new screen; a fragment that is a route does.
const addressOf = (): string => cleanUrl(location.href) + (/^#!?\/[^?]*/.exec(location.hash) ?? "");

export function screens({ options, emit, on, setScreen, tell }: CaptureContext): Stop {
  let address = "";

  /** Shows the screen of the present address. */
  function show(load: "full" | "spa" | "back_forward", referrer: string): void {
    address = addressOf();
    setScreen(screenOf(location, options.routes));
    const metadata = { url: cleanUrl(address), referrer: cleanUrl(referrer), load, ...campaign(location.search) };
    const event = emit("screen_view", metadata);
    // Title and height are filled in when the page has drawn; the event waits in the queue meanwhile.
    function describe(): void {
      if (addressOf() !== address) return;
      Object.assign(event.metadata, { title: maskText(document.title).slice(0, MAX_TITLE), ...sizes() });
    }
    describe();
    later(describe, SETTLE_MS);
  }

  function changed(event?: Event): void {
    const before = address;
    if (addressOf() === before) return;
    tell("answer", "navigation", now());
    // Links to a "#/route" fire popstate too; back and forward of other addresses do only.
    show(event?.type === "popstate" && !location.hash ? "back_forward" : "spa", before);
  }

  const wrapHistory = (name: "pushState" | "replaceState"): Stop =>
    wrap(history, name, (native) => function (this: History, ...args) {
      native.apply(this, args);
      quietly(changed)();
    });

  const [timing] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  show(timing?.type === "back_forward" ? "back_forward" : "full", document.referrer);

  on("begin", () => show("spa", ""));
  return all(
    wrapHistory("pushState"),
    wrapHistory("replaceState"),
    listen("popstate hashchange", changed),
    listen<PageTransitionEvent>("pageshow", ({ persisted }) => persisted && show("back_forward", "")),
  );
}
