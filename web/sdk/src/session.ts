// The session: one id for all tabs of a site, 30 minutes idle, 24 hours at most, kept across reloads.

import { uuid } from "./ids";
import { readJson, type Store } from "./storage";

export const IDLE_MS = 30 * 60_000; // the field's usual session timeout
export const MAX_MS = 24 * 3_600_000;
const CHECK_MS = 5_000; // how long this tab may miss what another tab did; also bounds writes to localStorage

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

const isAlive = (record: Partial<SessionRecord> | undefined | null): record is SessionRecord =>
  !!record?.id && Date.now() - record.last! <= IDLE_MS && Date.now() - record.started! <= MAX_MS;

/** `onEnd` is called while the old session is still the current one, so that what belongs to it can be sealed. */
export function createSession(store: Store, entry: () => Entry, onEnd: () => void, onBegin: () => void): Session {
  let record: SessionRecord | undefined;
  let checkedAt = 0;

  function take(next: SessionRecord): void {
    const isChange = record && record.id !== next.id;
    checkedAt = Date.now(); // what is handed over at the end belongs to the old session and begins no new one
    if (isChange) onEnd();
    record = next;
    store.set("session", JSON.stringify(record));
    if (isChange) onBegin();
  }

  function renew(): void {
    const at = Date.now();
    take({ id: uuid(at), started: at, last: at, ...entry() });
  }

  function touch(): void {
    const at = Date.now();
    if (Math.abs(at - checkedAt) < CHECK_MS) return;
    const known = readJson<SessionRecord>(store, "session") ?? record;
    if (isAlive(known)) take({ ...known, last: at });
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
