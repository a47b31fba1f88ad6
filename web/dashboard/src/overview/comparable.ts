// Whether a period may be compared with the one before.
import type { Overview } from "../types";

/** Sessions on each side that a comparison needs; fewer say too little (visual.md 5.7). */
const ENOUGH = 100;

export function isComparable({ sessions, sessions_before }: Pick<Overview, "sessions" | "sessions_before">): boolean {
  return sessions >= ENOUGH && (sessions_before ?? 0) >= ENOUGH;
}
