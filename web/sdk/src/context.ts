// What a capture is given, and what it gives back: `(context) => stop`.

import type { Bus } from "./bus";
import { now, type Stop } from "./guard";
import type { Options } from "./options";
import type { Metadata, ReplayChunk, WireCall, WireError, WireEvent } from "./wire";

/** When and where an event was; what is missing is filled in: now, on this screen, the next in order. */
export type Place = Partial<Omit<WireEvent, "type" | "metadata">>;

export interface CaptureContext extends Bus {
  options: Options;
  /** Something the person did; it keeps the session alive. Returns the event as queued. */
  emit(type: string, metadata: Metadata, place?: Place): WireEvent;
  /** The next number of a counter of the tab: "event" for one that is emitted later than it happened. */
  next(counter: "event" | "chunk"): number;
  addCall(call: WireCall): void;
  addError(error: Omit<WireError, "screen">): void;
  addReplay(chunk: ReplayChunk): void;
  screen(): string;
  setScreen(name: string): void;
  /** False when the session is over and nobody has come back: then nothing is recorded. */
  isLive(): boolean;
  /** True when the person has pressed nothing for a second: what happens now happens by itself. */
  isQuiet(): boolean;
}

export type Capture = (context: CaptureContext) => Stop;

/** When an event happened, in ms since 1970; exact even where its handler ran late. */
export const timeOfEvent = (event: Event): number => Math.round(Date.now() - now() + event.timeStamp);

/** The viewport and the page, in CSS pixels. Reads layout: not for hot paths. */
export const sizes = (): { vw: number; vh: number; page_h: number } => ({
  vw: innerWidth,
  vh: innerHeight,
  page_h: document.documentElement.scrollHeight,
});
