// Scrolling of the page: one event per burst, at most one every few seconds.

import { emit, sizes } from "../core";
import { later, listen, on } from "../guard";

const SAMPLE_MS = 100; // the position is read this often at most: reading it may cost a layout
const QUIET_MS = 1_000; // without movement ends a burst
const MAX_MS = 5_000; // and so does this much of it
const LEG_VIEWPORTS = 0.5; // signals.md A.2, excessive_scroll: legs shorter than half a viewport are no reversal

export function scroll(): void {
  let lastY = scrollY;
  let turnY = lastY; // the far end of the leg that is under way
  let direction = 0;
  let began = 0; // the burst under way; 0 between bursts
  let sampledAt = 0;
  let timer = 0;
  let min_y = 0;
  let max_y = 0;
  let travel = 0;
  let reversals = 0;

  function sample(): void {
    const y = Math.round(scrollY);
    const leg = y - turnY;
    min_y = Math.min(min_y, y);
    max_y = Math.max(max_y, y);
    travel += Math.abs(y - lastY);
    lastY = y;
    if (leg * direction >= 0) direction = Math.sign(leg) || direction;
    else if (Math.abs(leg) >= LEG_VIEWPORTS * innerHeight) {
      direction = -direction;
      reversals++;
    } else return;
    turnY = y;
  }

  function end(): void {
    if (began) sample();
    began = 0;
    if (travel) emit("scroll", { max_y, min_y, ...sizes(), reversals, travel }, { scroll: lastY });
    travel = 0;
  }

  on("leave", end);
  on("screen", () => {
    end();
    direction = 0;
    turnY = lastY;
  });
  listen("scroll", (_, at, target) => {
    if (target !== (document as Node) || at - sampledAt < SAMPLE_MS) return;
    sampledAt = at;
    if (!began) {
      began = at;
      reversals = 0;
      min_y = max_y = lastY;
    }
    sample();
    clearTimeout(timer);
    timer = later(end, at - began > MAX_MS ? 0 : QUIET_MS);
  });
}
