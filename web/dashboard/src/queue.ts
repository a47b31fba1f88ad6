// Sessions that are played one after another. They stand in the address, so that the back button, a reload and a colleague find
// the same ones; whichever session the address is of, it opens as ever. Pure.

/** So many ids of 36 characters are an address of 2 kB, which every browser, proxy and chat takes. */
export const MOST_QUEUED = 50;
/** A character that addresses leave as it is. */
const BETWEEN = ".";
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The queue as the address holds it: each session once, in order, the first MOST_QUEUED. */
export function queueText(ids: readonly string[]): string {
  return [...new Set(ids)].slice(0, MOST_QUEUED).join(BETWEEN);
}

/** What an address says, without what is no id; `undefined` where that leaves fewer than two: one session is no queue. */
export function parseQueue(raw: unknown): string | undefined {
  if (typeof raw !== "string") return undefined;
  const ids = [...new Set(raw.split(BETWEEN).filter((one) => ID.test(one)))];
  return ids.length > 1 ? queueText(ids) : undefined;
}

export interface QueuePlace {
  text: string;
  /** From 0. */
  at: number;
  count: number;
  previous: string | undefined;
  next: string | undefined;
}

/** Where a session stands in the queue; `null` when there is none, or it is of other sessions. */
export function placeIn(text: string | undefined, sessionId: string): QueuePlace | null {
  if (text === undefined) return null;
  const ids = text.split(BETWEEN);
  const at = ids.indexOf(sessionId);
  return at < 0 ? null : { text, at, count: ids.length, previous: ids[at - 1], next: ids[at + 1] };
}
