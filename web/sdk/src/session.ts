// The session: one id for all tabs of a site, 30 minutes idle, 24 hours at most, kept across reloads.

import { tell } from "./guard";
import { uuid } from "./ids";
import { campaign, cleanUrl } from "./privacy";
import { local, readJson, write } from "./storage";

const IDLE_MS = 30 * 60_000; // the field's usual session timeout
const MAX_MS = 24 * 3_600_000;
const CHECK_MS = 5_000; // how long this tab may miss what another tab did; also bounds writes to localStorage

export interface SessionRecord {
  id: string;
  started: number;
  last: number;
  /** Where it came from: seen when it begins, sent with all its batches. */
  referrer?: string;
  utm?: Record<string, string>;
}

let record: SessionRecord | undefined;
let checkedAt = 0;

const isAlive = (known?: Partial<SessionRecord> | null): known is SessionRecord =>
  !!known?.id && Date.now() - known.last! <= IDLE_MS && Date.now() - known.started! <= MAX_MS;

/** False when the last one is over and nobody has done anything since. */
export const isLive = (): boolean => isAlive(record);

function take(next: SessionRecord): void {
  const isChange = record && record.id !== next.id;
  checkedAt = Date.now(); // what is handed over at the end belongs to the old session and begins no new one
  if (isChange) tell("end");
  record = next;
  write(local, "mien:session", JSON.stringify(record));
  if (isChange) tell("begin");
}

/** Begins a new one now. */
export function renew(): void {
  const at = Date.now();
  const referrer = cleanUrl(document.referrer);
  take({
    id: uuid(at),
    started: at,
    last: at,
    referrer: referrer.startsWith(location.origin) ? undefined : referrer,
    utm: campaign(),
  });
}

/** The person did something: continues the session, or begins one. */
export function touch(): void {
  const at = Date.now();
  if (Math.abs(at - checkedAt) < CHECK_MS) return;
  const known = readJson<SessionRecord>(local, "mien:session") ?? record;
  if (isAlive(known)) take({ ...known, last: at });
  else renew();
}

/** Begins one where there is none yet. */
export function session(): SessionRecord {
  if (!record) touch();
  return record!;
}
