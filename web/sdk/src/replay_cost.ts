// What the recorder costs the page's main thread, and when that is too much.

import type { RecordedEvent } from "@rrweb/record";
import { now } from "./guard";

const WINDOW_MS = 10_000;
const MAX_SHARE = 0.02; // of a window may go into reading mutations: issue of the SDK, under 3 % in all
const LONG_MS = 50; // the browser's own limit for a long task
const MAX_LONG = 3; // bursts of mutations that long are too many for one page
const META = 4; // rrweb's event types
const FULL_SNAPSHOT = 2;
const MUTATION = 0; // of the source of an incremental one

/** Why to stop, and the figures for it: ms, or a share from 0 to 1. */
export type Verdict = [reason: string, cost: { ms?: number; share?: number }];

export interface Meter {
  /** Call it with every event, while it is being emitted. */
  count(event: RecordedEvent): Verdict | undefined;
  /** Begin to record inside: the recorder's own observer must come right after the meter's. */
  watch(begin: () => void): void;
}

export function createMeter(): Meter {
  let began = 0; // of the mutations that are being read; the recorder reads them right after us
  let windowAt = now();
  let spent = 0;
  let long = 0;
  let snapshotAt = 0;
  let snapshots = 0;

  function countMutation(at: number): Verdict | undefined {
    // A snapshot hands over what is unread, too: then nobody has begun just now.
    const ms = began && at - began;
    began = 0;
    if (at - windowAt > WINDOW_MS) {
      windowAt = at;
      spent = 0;
    }
    spent += ms;
    if (ms > LONG_MS && ++long >= MAX_LONG) return ["mutations", { ms: Math.round(ms) }];
    const share = spent / WINDOW_MS;
    return share > MAX_SHARE ? ["mutations", { share: +share.toFixed(3) }] : undefined;
  }

  return {
    count({ type, data }) {
      const at = now();
      if (type === META) snapshotAt = at;
      // The first one must be; later ones are only there to seek to.
      if (type === FULL_SNAPSHOT && at - snapshotAt > LONG_MS && snapshots++) {
        return ["snapshot", { ms: Math.round(at - snapshotAt) }];
      }
      return (data as { source?: number } | null)?.source === MUTATION ? countMutation(at) : undefined;
    },
    watch(begin) {
      const observer = new MutationObserver(() => (began = now()));
      observer.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
      begin();
    },
  };
}
