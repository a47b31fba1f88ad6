// Batches to the collector: one at a time, again after failures, kept until the server said 200.

import { halt } from "./core";
import { gzip } from "./gzip";
import { later } from "./guard";
import { uuid } from "./ids";
import { base, given } from "./options";
import { forget, keysOf, local, write } from "./storage";
import { session } from "./session";
import { next, tab } from "./tab";
import type { Items, WireUser } from "./wire";

const FIRST_RETRY_MS = 2_000;
const MAX_RETRY_MS = 300_000;
const KEEPALIVE_MAX = 15_000; // bytes; leaves room for the beacon in the browser's shared 64 kB
// localStorage holds about 5 million characters, most of them the site's: at most 1.5 million are ours.
const MAX_KEPT = 10;
const MAX_BODY = 150_000;
const KEPT = "mien:batch:"; // each batch has its own key, so that tabs never overwrite one another's

/** Bodies of batches by their key in the store, oldest first. */
let outbox: Record<string, string> = {};
let failures = 0;
let isWorking = false;
/** True while a batch waits for another attempt: making more of them would help nobody. */
export let isStuck = false;
// Bound before our own captures wrap it: an upload must never record itself.
const native = fetch.bind(undefined);
/** What `identify` and `setContext` said. In memory only; the id is stored, so that the next page knows it. */
export const said: { user: WireUser; app_version?: string; staff?: boolean } = { user: {} };

export const ask = (path: string, init?: RequestInit): Promise<Response> =>
  native(base + path, { credentials: "omit", ...init });

/** Makes a batch of them and puts it into the outbox; returns its key. */
function pack(items: Items): string {
  const { id, started, ...entry } = session();
  const sent_at = Date.now();
  const batch_id = uuid(sent_at);
  const device_id = local["mien:user:id"] ?? uuid();
  write(local, "mien:user:id", device_id);
  const batch = {
    write_key: given.key,
    batch_id,
    sent_at,
    tab: tab.id,
    seq: next("seq"),
    session: {
      session_id: id,
      device_id,
      started_at: started,
      screen_resolution: screen.width + "x" + screen.height,
      ...entry,
      ...said,
      user: { locale: navigator.language, ...said.user, external_user_id: local["mien:user"] },
    },
    ...items,
  };
  outbox[KEPT + batch_id] = JSON.stringify(batch);
  return KEPT + batch_id;
}

/** Oldest out first. A body that is too large for the store is only tried now. */
function keep(key: string): void {
  const body = outbox[key]!;
  if (body.length > MAX_BODY) return;
  write(local, key, body);
  const [oldest, ...others] = keysOf(KEPT);
  if (others[MAX_KEPT - 1]) delete local[oldest!];
}

/** One after the other, until nothing waits. */
async function work(): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  for (let key; (key = Object.keys(outbox)[0]); ) {
    const body = outbox[key]!;
    const packed = await gzip(body).catch(() => undefined);
    if (!outbox[key]) continue; // thrown away meanwhile
    // The body holds the time when it was made; each attempt states its own beside it.
    const response = await ask("/v1/batch?t=" + Date.now(), {
      method: "POST",
      body: packed ?? body,
      headers: { "content-type": "text/plain" }, // no preflight
      keepalive: packed?.byteLength! < KEEPALIVE_MAX,
    })
      // An answer that nobody reads keeps its upload in the browser's count of 64 kB under way.
      .then(async (answer) => (await answer.text(), answer))
      .catch(() => undefined);
    const status = response?.status ?? 500;
    // 429 asks for another attempt, as all 5xx do.
    if (status > 428) {
      if (outbox[key]) keep(key);
      const backoff = FIRST_RETRY_MS * 2 ** failures++ * (0.5 + Math.random());
      const asked = +response?.headers.get("retry-after")! * 1_000 || 0;
      isStuck = true;
      await new Promise<void>((resolve) => later(resolve, Math.min(MAX_RETRY_MS, Math.max(backoff, asked))));
      isStuck = false;
      continue;
    }
    failures = 0;
    delete local[key];
    delete outbox[key];
    // An unknown key, or a refused origin: the server wants nothing more from this page.
    if (status === 401) forget(KEPT);
    if (status === 401 || status === 403) {
      clear();
      halt();
    }
  }
  isWorking = false;
}

export function send(items: Items): void {
  pack(items);
  work();
}

/** The page is hidden or (`isUnloading`) left: all is sent, and kept in case that it does not arrive. */
export function sendAll(batches: Items[], isUnloading: boolean): void {
  const fresh = batches.map(pack);
  // What is under way may be cut off: all stays in the store until its 200 is seen.
  for (const key in outbox) keep(key);
  // Of a page that unloads nobody would see the answer; a beacon that is too large is refused.
  for (const key of fresh) if (isUnloading && navigator.sendBeacon(base + "/v1/batch", outbox[key])) delete outbox[key];
  work();
}

/** Send what earlier pages could not. */
export function resend(): void {
  for (const key of keysOf(KEPT)) outbox[key] ??= local[key]!;
  work();
}

/** Throw away what waits here. */
export const clear = (): void => void (outbox = {});
