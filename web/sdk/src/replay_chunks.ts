// Recorded events become chunks: scrubbed JSON arrays of at most 1 MiB, gzipped where there is time for it.

import type { RecordedEvent } from "@rrweb/record";
import { gzip, toBase64 } from "./gzip";
import { later, now } from "./guard";
import type { Shared } from "./parts";
import { scrubIn, type Scrub } from "./replay_privacy";

const MAX_CHUNK = 1_000_000; // characters of JSON; the collector takes 1 MiB of bytes
const MAX_BYTES = 1 << 20;
const MAX_WAITING = 20_000; // events; beyond that the page changes faster than it can be recorded
const PACK_MS = 4_000; // what is not packed when the page is left goes out uncompressed, so it must be little
const SNAPSHOT_MS = 50; // a snapshot is large: packed at once
const SLICE_MS = 8; // work at a stretch, so that a frame still has room for the page's own
const META = 4; // rrweb's event types
const FULL_SNAPSHOT = 2;

interface Piece {
  at: number;
  n: number;
  json: string;
}

export interface Packer {
  add(event: RecordedEvent): void;
  /** Gzip what is there and queue it. Never fails. */
  pack(): Promise<void>;
  /** Queue what is there at once, uncompressed: the page is being left. */
  hand(): void;
}

/** `resnap` is called when an event had to be left out: the recording needs a new full snapshot. */
export function createPacker(core: Pick<Shared, "add" | "next">, scrub: Scrub, resnap: () => void): Packer {
  let waiting: RecordedEvent[] = [];
  let inWork: Piece[] = [];
  let isPacking = false;
  let isTimed = false;
  let isBroken = false; // after a hole, until the next full snapshot
  const scrubbed = new WeakSet<RecordedEvent>();

  // One timer at a time: batches pack in between, and each chunk costs some 200 bytes of its own.
  function packSoon(): void {
    if (isTimed) return;
    isTimed = true;
    later(() => {
      isTimed = false;
      return pack();
    }, PACK_MS);
  }

  function add(event: RecordedEvent): void {
    if (isBroken && event.type !== META && event.type !== FULL_SNAPSHOT) return;
    if (event.type === FULL_SNAPSHOT) {
      isBroken = false;
      later(pack, SNAPSHOT_MS);
    }
    packSoon();
    waiting.push(event);
    if (waiting.length > MAX_WAITING) {
      waiting = [];
      isBroken = true;
    }
  }

  /** Snapshots of thousands of nodes, in slices. What is cut short by leaving is scrubbed again as a whole: no harm. */
  async function scrubSnapshots(): Promise<void> {
    let until = now() + SLICE_MS;
    for (const event of waiting) {
      if (event.type !== FULL_SNAPSHOT || scrubbed.has(event)) continue;
      const open: unknown[] = [event];
      for (let next; (next = open.pop()); ) {
        scrubIn(next as Record<string, unknown>, scrub, (child) => open.push(child));
        if (now() < until) continue;
        await new Promise((resolve) => setTimeout(resolve));
        until = now() + SLICE_MS;
      }
      scrubbed.add(event);
    }
  }

  function cut(): Piece[] {
    const pieces: Piece[] = [];
    let lost: RecordedEvent | null = null;
    for (const event of waiting) {
      const json = scrubbed.has(event) ? JSON.stringify(event) : JSON.stringify(event, scrub);
      if (json.length > MAX_CHUNK || sizeOf(json) > MAX_BYTES - 2) {
        lost = event;
        continue;
      }
      const last = pieces[pieces.length - 1];
      if (last && last.json.length + json.length < MAX_CHUNK && sizeOf(last.json) + sizeOf(json) < MAX_BYTES - 3) {
        last.json += "," + json;
        last.n++;
      } else pieces.push({ at: event.timestamp, n: 1, json });
    }
    waiting = [];
    if (lost) recover(lost);
    return pieces;
  }

  // A page whose snapshot is itself too large is not recorded any further.
  function recover(lost: RecordedEvent): void {
    isBroken = true;
    if (lost.type !== FULL_SNAPSHOT) resnap();
  }

  function queue({ at, n }: Piece, enc: "gzip" | "json", data: string): void {
    core.add("replay", { index: core.next("chunk"), at, enc, n, data });
  }

  async function pack(): Promise<void> {
    if (isPacking) return;
    isPacking = true;
    await scrubSnapshots();
    inWork = cut();
    for (let piece; (piece = inWork[0]); ) {
      const json = `[${piece.json}]`;
      const packed = await gzip(json).catch(() => undefined);
      if (inWork[0] !== piece) break; // handed over meanwhile
      inWork.shift();
      queue(piece, packed ? "gzip" : "json", packed ? toBase64(packed) : json);
    }
    isPacking = false;
  }

  return {
    add,
    pack,
    hand() {
      const pieces = [...inWork, ...cut()];
      inWork = [];
      for (const piece of pieces) queue(piece, "json", `[${piece.json}]`);
    },
  };
}

// Most recordings are nearly all ASCII; only those that are not need counting.
const sizeOf = (json: string): number => (json.length * 3 < MAX_BYTES ? json.length : new Blob([json]).size);
