// Rows that one reads must not jump: those that are shown keep their places, new ones wait until they are asked for. Pure.

/** The ids to show, and how many wait; `shown` null: nothing was shown yet. */
export function keepPlaces(shown: readonly string[] | null, now: readonly string[]): { shown: string[]; waiting: number } {
  const here = new Set(now);
  const left = (shown ?? []).filter((id) => here.has(id));
  // With nothing left to read nothing can jump.
  if (left.length === 0) return { shown: [...now], waiting: 0 };
  return { shown: left, waiting: now.length - left.length };
}
