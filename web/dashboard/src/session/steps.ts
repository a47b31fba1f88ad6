// The events of a visit that one goes through one by one: with comma and period, and in the panel's list.
import type { SessionPage } from "../types";

/** Event types that say nothing to a reader: they come many times a second. */
export const NOISE: ReadonlySet<string> = new Set(["pointer", "scroll", "resize"]);

/** When something happened, in milliseconds from the start: each moment once, earliest first. */
export function stepTimes({ events, signals, calls, errors }: Pick<SessionPage, "events" | "signals" | "calls" | "errors">): number[] {
  const all = [...events.filter(({ type }) => !NOISE.has(type)), ...signals, ...calls, ...errors];
  return [...new Set(all.map(({ at_ms }) => at_ms))].sort((a, b) => a - b);
}

/** The moment after `ms` (`by` 1) or before it (`by` -1); `undefined` where there is none. `times`: earliest first. */
export function stepFrom(times: readonly number[], ms: number, by: 1 | -1): number | undefined {
  return by > 0 ? times.find((at) => at > ms) : times.findLast((at) => at < ms);
}
