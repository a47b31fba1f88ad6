// Scrolling of the page: one event per burst, at most one every few seconds.

import { sizes, type CaptureContext } from "../context";
import { all, later, listen, type Stop } from "../guard";

const SAMPLE_MS = 100; // the position is read this often at most: reading it may cost a layout
const QUIET_SAMPLES = 10; // a burst ends after a second without movement
const MAX_SAMPLES = 50; // or after five
const LEG_VIEWPORTS = 0.5; // signals.md A.2, excessive_scroll: legs shorter than half a viewport are no reversal
const OWN_SCROLL_MS = 400; // scrolling this soon after wheel, touch or key is the person's, not the page's answer

export function scroll({ emit, on, tell }: CaptureContext): Stop {
  let lastY = Math.round(scrollY);
  let turnY = lastY; // the far end of the leg that is under way
  let direction = 0;
  let ownAt = -OWN_SCROLL_MS;
  let samples = 0; // of the burst under way; 0 between bursts
  let still = 0; // the last ones in a row without movement
  let min_y = 0;
  let max_y = 0;
  let travel = 0;
  let reversals = 0;

  function sample(): void {
    if (!samples) return;
    const y = Math.round(scrollY);
    const leg = y - turnY;
    still = y === lastY ? still + 1 : 0;
    min_y = Math.min(min_y, y);
    max_y = Math.max(max_y, y);
    travel += Math.abs(y - lastY);
    lastY = y;
    if (leg * direction >= 0) {
      direction = Math.sign(leg) || direction;
      turnY = y;
    } else if (Math.abs(leg) >= LEG_VIEWPORTS * innerHeight) {
      direction = -direction;
      turnY = y;
      reversals++;
    }
  }

  function tick(): void {
    if (!samples) return;
    sample();
    if (still >= QUIET_SAMPLES || ++samples > MAX_SAMPLES) end();
    else later(tick, SAMPLE_MS);
  }

  function end(): void {
    sample();
    samples = 0;
    if (!travel) return;
    const { vh, page_h } = sizes();
    emit("scroll", { max_y, min_y, vh, page_h, reversals, travel }, { scroll: lastY });
    travel = 0;
  }

  on("leave", end);
  on("screen", () => {
    end();
    direction = 0;
    turnY = lastY;
  });
  return all(
    listen("scroll", ({ timeStamp, target }) => {
      // A wheel's momentum goes on after its last event: scrolling that continues the person's own stays theirs.
      if (timeStamp - ownAt < OWN_SCROLL_MS) ownAt = timeStamp;
      else tell("answer", "scroll", timeStamp);
      if (samples || target !== document) return;
      samples = 1;
      still = reversals = 0;
      min_y = max_y = lastY;
      later(tick, SAMPLE_MS);
    }),
    listen("wheel touchmove keydown", ({ timeStamp }) => void (ownAt = timeStamp)),
  );
}
