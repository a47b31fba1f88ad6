// Screens: page loads, history and hash changes, returns from the back/forward cache. One event per address.

import { emit, setScreen, sizes } from "../core";
import { later, listen, now, on, quietly, tell, wrap } from "../guard";
import { campaign, cleanUrl, maskText } from "../privacy";
import { insideOf, screenOf } from "../route";

const SETTLE_MS = 400; // frameworks set the title and draw the page after the address has changed
const MAX_TITLE = 200;

// Query strings and plain fragments make no new screen; a fragment that is a route does.
const addressOf = (): string => cleanUrl(location.href) + insideOf();

export function screens(): void {
  let address = "";

  /** Shows the screen of the present address. */
  function show(load: "full" | "spa" | "back_forward", referrer: string): void {
    address = addressOf();
    setScreen(screenOf());
    const event = emit("screen_view", { url: cleanUrl(location.href), referrer: cleanUrl(referrer), load, ...campaign() });
    // Title and height are filled in when the page has drawn; the event waits in the queue meanwhile.
    function describe(): void {
      if (addressOf() !== address) return;
      Object.assign(event.metadata, { title: maskText("" + document.title).slice(0, MAX_TITLE), ...sizes() });
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

  const [timing] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  show(timing?.type === "back_forward" ? timing.type : "full", document.referrer);

  on("begin", () => show("spa", ""));
  for (const name of ["pushState", "replaceState"] as const) {
    wrap(history, name, (call) => {
      call();
      quietly(changed)();
    });
  }
  listen("popstate hashchange", changed);
  listen<PageTransitionEvent>("pageshow", (event) => event.persisted && show("back_forward", ""));
}
