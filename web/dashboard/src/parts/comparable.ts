// Whether a period may be compared with the one before, and what is said where it may not.
import { overviewWords } from "../overview_words";

/** Sessions on each side that a comparison needs; fewer say too little (visual.md 5.7). */
export const ENOUGH = 100;

interface Sides {
  sessions: number;
  /** Null: nobody asked. */
  sessions_before: number | null;
}

export function isComparable({ sessions, sessions_before }: Sides): boolean {
  return sessions >= ENOUGH && (sessions_before ?? 0) >= ENOUGH;
}

/** "against the 7 days before", or why not, to go on a sentence with. `before`: the words of the period before. */
export function comparedWith({ sessions, sessions_before }: Sides, before: string): string {
  if (isComparable({ sessions, sessions_before })) return overviewWords.change(before);
  const said = sessions_before ? overviewWords.fewBefore(sessions, sessions_before) : overviewWords.noneBefore;
  return said.charAt(0).toLowerCase() + said.slice(1);
}
