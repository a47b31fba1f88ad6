// When the page was visible, and how much of that time the person was active.

import { emit } from "../core";
import { listen, now, on } from "../guard";

const ACTIVE_MS = 30_000; // signals.md D, attention: without any input for 30 s nobody is taken to look

export function visibility(): void {
  let active_ms = 0;
  let countedAt = now();
  let state = document.visibilityState;

  function count(): void {
    const at = now();
    if (state === "visible") active_ms += Math.min(at - countedAt, ACTIVE_MS);
    countedAt = at;
  }

  function report(next: DocumentVisibilityState): void {
    count();
    if (state === next) return;
    state = next;
    emit("visibility", { state, active_ms: Math.round(active_ms) });
    active_ms = 0;
  }

  on("leave", () => report("hidden"));
  on("acted", count);
  listen("pointermove scroll", count);
  listen("visibilitychange pageshow", () => document.hidden || report("visible"));
}
