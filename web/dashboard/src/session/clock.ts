// The one clock of a session's page: milliseconds since the session began. The replay moves it, a press on the timeline
// moves it, and every part that shows a place in time reads it.
import { useSyncExternalStore } from "react";

export class Clock {
  #ms = 0;
  readonly #listeners = new Set<() => void>();

  get ms(): number {
    return this.#ms;
  }

  set(ms: number): void {
    if (ms === this.#ms) return;
    this.#ms = ms;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The clock's time, cut to steps of `stepMs`: a part that shows whole seconds is not drawn sixty times in each. */
export function useClock(clock: Clock, stepMs: number): number {
  return useSyncExternalStore(clock.subscribe, () => Math.floor(clock.ms / stepMs) * stepMs);
}
