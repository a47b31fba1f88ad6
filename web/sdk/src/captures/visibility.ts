// When the page was visible, and how much of that time the person was active.

import type { CaptureContext } from "../context";
import { all, listen, type Stop } from "../guard";

const ACTIVE_MS = 30_000; // signals.md D, attention: without any input for 30 s nobody is taken to look

export function visibility({ emit, on }: CaptureContext): Stop {
  let active_ms = 0;
  let countedAt = performance.now();
  let state = document.visibilityState;

  function count(): void {
    const now = performance.now();
    if (state === "visible") active_ms += Math.min(now - countedAt, ACTIVE_MS);
    countedAt = now;
  }

  function report(now: DocumentVisibilityState): void {
    count();
    if (state === now) return;
    state = now;
    emit("visibility", { metadata: { state, active_ms: Math.round(active_ms) } });
    active_ms = 0;
  }

  on("leave", () => report("hidden"));
  return all(
    listen(window, "pointermove pointerdown keydown scroll touchmove", count),
    listen(window, "visibilitychange pageshow", () => document.visibilityState === "visible" && report("visible")),
  );
}
