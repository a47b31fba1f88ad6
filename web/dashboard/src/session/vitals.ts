// The web vitals of a visit: what the browser measured, its rating, and when it was told.
import { duration } from "../format";
import { RATINGS, type Rating } from "../search";
import { sessionWords } from "../session_words";
import type { EventRow } from "../types";
import { words } from "../words";

export interface VitalMark {
  at_ms: number;
  /** "LCP". */
  name: string;
  /** "3.4 s"; of CLS "0.12". */
  value: string;
  /** `null` where the sender gave none: it is not guessed. */
  rating: Rating | null;
}

/** What an event of the type `web_vital` says; `null` for other events, and where its name or value is missing. */
export function vitalOf({ at_ms, type, detail }: Pick<EventRow, "at_ms" | "type" | "detail">): VitalMark | null {
  const { name, value, rating } = detail;
  if (type !== "web_vital" || typeof name !== "string" || typeof value !== "number" || !(value >= 0)) return null;
  return { at_ms, name, value: name === "CLS" ? value.toFixed(2) : duration(value), rating: RATINGS.find((one) => one === rating) ?? null };
}

/** All of a visit, in order of time. */
export function vitalsOf(events: readonly EventRow[]): VitalMark[] {
  return events.flatMap((event) => vitalOf(event) ?? []).sort((a, b) => a.at_ms - b.at_ms);
}

/** "LCP 3.4 s, needs improvement". */
export function vitalWords({ name, value, rating }: VitalMark): string {
  return `${name} ${value}, ${rating ? words.rating[rating] : sessionWords.notRated}`;
}
