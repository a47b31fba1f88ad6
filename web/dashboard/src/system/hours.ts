// The last 24 hours, those without a batch too. Pure.
import type { SystemPage } from "../types";

const HOUR_MS = 3_600_000;
const HOURS = 24;

export interface Hour {
  /** Its start, in milliseconds since the epoch. */
  atMs: number;
  received: number;
  lost: number;
}

/** Oldest first; the last one is under way. */
export function hoursOf({ hours, hours_since }: Pick<SystemPage, "hours" | "hours_since">): Hour[] {
  const told = new Map(hours.map((one) => [Date.parse(one.hour), one]));
  return Array.from({ length: HOURS }, (_, index) => {
    const atMs = Date.parse(hours_since) + index * HOUR_MS;
    const one = told.get(atMs);
    return { atMs, received: one?.received_batches ?? 0, lost: one?.lost_batches ?? 0 };
  });
}

/** What arrived and what did not, and the hour that lost most; `worst` null: nothing is missing. */
export function summed(hours: readonly Hour[]): { received: number; lost: number; worst: Hour | null } {
  const worst = hours.reduce<Hour | null>((most, one) => (one.lost > (most?.lost ?? 0) ? one : most), null);
  return { received: hours.reduce((sum, one) => sum + one.received, 0), lost: hours.reduce((sum, one) => sum + one.lost, 0), worst };
}
