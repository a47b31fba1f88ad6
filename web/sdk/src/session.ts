// The session: one id for all tabs of a site, 30 minutes idle, 24 hours at most, kept across reloads.

import { uuid } from "./ids";
import { readJson, type Store } from "./storage";

export const IDLE_MS = 30 * 60_000; // the field's usual session timeout
export const MAX_MS = 24 * 3_600_000;
const REREAD_MS = 5_000; // how long this tab may miss what another tab did; also bounds writes to localStorage

/** Where a session came from: seen when it begins, sent with all its batches. */
export interface Entry {
  referrer?: string;
  utm?: Record<string, string>;
}

export interface SessionRecord extends Entry {
  id: string;
  started: number;
  last: number;
}

export interface Session {
  /** Begins one where there is none yet. */
  current(): SessionRecord;
  /** The person did something: continues the session, or begins one. */
  touch(): void;
  /** False when the last one is over and nobody has done anything since. */
  isLive(): boolean;
  /** Begins a new one now. */
  renew(): void;
}

const isAlive = (record: Partial<SessionRecord> | null): record is SessionRecord =>
  !!record?.id && Date.now() - record.last! <= IDLE_MS && Date.now() - record.started! <= MAX_MS;

/** `onEnd` is called while the old session is still the current one, so that what belongs to it can be sealed. */
export function createSession(store: Store, entry: () => Entry, onEnd: () => void, onBegin: () => void): Session {
  let record: SessionRecord | null = null;
  let readAt = 0;
  let isEnding = false;

  function take(next: SessionRecord): void {
    const isChange = record !== null && record.id !== next.id;
    isEnding = true; // what is handed over at the end belongs to the old session and begins no new one
    if (isChange) onEnd();
    isEnding = false;
    record = next;
    store.set("session", JSON.stringify(record));
    if (isChange) onBegin();
  }

  function renew(): void {
    const now = Date.now();
    take({ id: uuid(now), started: now, last: now, ...entry() });
  }

  function touch(): void {
    if (isEnding) return;
    const now = Date.now();
    const isFresh = Math.abs(now - readAt) < REREAD_MS;
    if (isFresh && isAlive(record)) {
      record.last = now;
      return;
    }
    readAt = now;
    const stored = readJson<SessionRecord>(store, "session");
    // What this tab did in the last seconds is not written yet.
    if (stored && stored.id === record?.id) stored.last = Math.max(stored.last!, record!.last);
    const known = stored ?? record;
    if (isAlive(known)) take({ ...known, last: now });
    else renew();
  }

  return {
    current() {
      if (!record) touch();
      return record!;
    },
    touch,
    isLive: () => isAlive(record),
    renew,
  };
}
