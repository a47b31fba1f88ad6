// A time axis that is cut into buckets: which of them is meant, and the period that some of them make. Pure.
import { bucketPart, datesOf, type PeriodSearch } from "../period";

export interface Buckets {
  /** Their starts, oldest first. */
  starts: readonly string[];
  bucketS: number;
  /** What is shown: the first and the last bucket may reach over it. */
  period: { since: Date | string; until: Date | string };
}

/** The cursor of the keyboard; `from`: where a choice began, null without one. Both are numbers of buckets. */
export type Cursor = { at: number; from: number | null } | null;

/** First and last bucket of a choice, in order. */
export function ends({ at, from }: NonNullable<Cursor>): [first: number, last: number] {
  const start = from ?? at;
  return [Math.min(at, start), Math.max(at, start)];
}

const STEPS: Record<string, (at: number, last: number) => number> = { ArrowLeft: (at) => at - 1, ArrowRight: (at) => at + 1, Home: () => 0, End: (_at, last) => last };

/** Where a key takes the cursor; undefined for other keys. A cursor that is not there yet comes at the end that the key leads from. */
export function moved(cursor: Cursor, key: string, isChoosing: boolean, total: number): Cursor | undefined {
  const step = STEPS[key];
  const last = total - 1;
  if (!step || last < 0) return undefined;
  const at = cursor ? Math.min(last, Math.max(0, step(cursor.at, last))) : key === "ArrowLeft" || key === "End" ? last : 0;
  return { at, from: isChoosing ? (cursor?.from ?? cursor?.at ?? at) : null };
}

/** The period of the buckets from `first` to `last`, as an address asks for it; null when that is all that is shown. */
export function chosenPeriod({ starts, bucketS, period }: Buckets, first: number, last: number): PeriodSearch | null {
  const [from, to] = [starts[first], starts[last]];
  if (from === undefined || to === undefined || (first === 0 && last === starts.length - 1)) return null;
  return { period: undefined, since: bucketPart(from, bucketS, period).since, until: bucketPart(to, bucketS, period).until };
}

/** The same in words. */
export function chosenDates({ starts, bucketS, period }: Buckets, first: number, last: number): string {
  const since = bucketPart(starts[first] ?? "", bucketS, period).since;
  const until = bucketPart(starts[last] ?? "", bucketS, period).until;
  return datesOf(new Date(since ?? ""), new Date(until ?? ""));
}
