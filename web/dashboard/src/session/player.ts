// Plays a session's rrweb recording: starts with its first chunks, adds the rest while it plays, keeps the shared clock.
import type { Replayer } from "@rrweb/replay";
import { sessionWords } from "../session_words";
import { words } from "../words";
import type { ReplayChunks, ReplayTab } from "../types";
import { Clock } from "./clock";
import { loadReplayer, type RrwebEvent } from "./safe_replayer";
import { chunkTimes, tabAfter, tabAt } from "./tabs";

/** rrweb's number for a full snapshot; without one there is nothing to show. */
const FULL_SNAPSHOT = 2;
/** A pause in the visit that is longer than this is skipped; also the width of "idle" on the timeline. */
export const IDLE_MS = 10_000;
/** The recording's clicks and the measured ones are the same within this. */
const CLICK_MS = 250;
export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;

export interface ReplaySource {
  startedAtMs: number;
  durationMs: number;
  tabs: readonly ReplayTab[];
  /** When clicks got no answer: their rings are drawn in ember. */
  deadClicksMs: readonly number[];
  fetchChunks: (tab: string | null, after: number | null, signal: AbortSignal) => Promise<ReplayChunks>;
}

/** How somebody watches: what goes on from one session of a queue to the next. */
export interface Viewing {
  speed: number;
  skipsIdle: boolean;
}

export interface PlayerState extends Viewing {
  status: "none" | "loading" | "ready" | "failed";
  isPlaying: boolean;
  /** It was played up to its end, and nobody has gone elsewhere in it since. */
  hasEnded: boolean;
  /** The chunk with this second is still on its way. */
  isWaiting: boolean;
  isSkipping: boolean;
  tab: number;
  page: { width: number; height: number } | null;
  problem: string | null;
}

function countChunks({ tabs }: ReplaySource): number {
  return tabs.reduce((sum, tab) => sum + tab.chunks.length, 0);
}

/** So much of a session may come after the last thing that was recorded, and its end is shown as it was. */
const TAIL_MS = 5_000;

export class Player {
  readonly clock = new Clock();
  #source: ReplaySource;
  #state: PlayerState;
  readonly #listeners = new Set<() => void>();
  #root: HTMLElement | null = null;
  #replayer: Replayer | null = null;
  #firstAtMs = 0;
  #lastAtMs = 0;
  #isComplete = false;
  /** The last chunk that came: what is recorded later is asked for from here on. */
  #lastChunk: number | null = null;
  #loading: AbortController | null = null;
  #frame = 0;

  constructor(source: ReplaySource, { speed, skipsIdle }: Viewing = { speed: 1, skipsIdle: true }) {
    this.#source = source;
    this.#state = {
      status: countChunks(source) > 0 ? "loading" : "none", isPlaying: false, hasEnded: false, isWaiting: false, isSkipping: false,
      speed, skipsIdle, tab: tabAt(source.tabs, 0, 0), page: null, problem: null,
    };
  }

  get source(): ReplaySource {
    return this.#source;
  }

  get state(): PlayerState {
    return this.#state;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Shows the recording inside `root` until the returned function is called. */
  mount(root: HTMLElement): () => void {
    this.#root = root;
    if (this.#state.status !== "none") void this.#open(tabAt(this.#source.tabs, this.clock.ms, this.#state.tab));
    return () => {
      this.#close();
      this.#root = null;
    };
  }

  /** The session has grown: takes its new length and chunks, and goes on playing where it is. */
  extend(source: ReplaySource): void {
    const hasMore = countChunks(source) > countChunks(this.#source);
    this.#source = source;
    if (!hasMore || !this.#root) return;
    if (this.#state.status === "none") void this.#open(tabAt(source.tabs, this.clock.ms, 0));
    else if (this.#isComplete && this.#loading) void this.#fill(this.#loading.signal);
  }

  toggle = (): void => {
    if (this.#state.isPlaying) this.pause();
    else this.play();
  };

  play(): void {
    if (this.#state.status === "none" || this.#state.status === "failed") return;
    if (this.clock.ms >= this.#source.durationMs - 50) this.clock.set(0);
    this.#change({ isPlaying: true });
    this.seek(this.clock.ms);
  }

  pause(): void {
    this.#change({ isPlaying: false, isSkipping: false });
    cancelAnimationFrame(this.#frame);
    this.#replayer?.pause();
  }

  /** Goes to `ms` since the session's start, in the tab that shows it; keeps on playing if it did. */
  seek(ms: number): void {
    if (this.#state.hasEnded) this.#change({ hasEnded: false });
    this.clock.set(Math.min(Math.max(0, ms), this.#source.durationMs));
    if (this.#state.status === "none") return;
    const tab = tabAt(this.#source.tabs, this.clock.ms, this.#state.tab);
    if (tab !== this.#state.tab) void this.#open(tab);
    else this.#show();
  }

  /** While the playhead is dragged: shows its place, and the recording waits until `seek` lets it go on. */
  drag(ms: number): void {
    if (this.#state.hasEnded) this.#change({ hasEnded: false });
    cancelAnimationFrame(this.#frame);
    this.#replayer?.pause();
    this.clock.set(Math.min(Math.max(0, ms), this.#source.durationMs));
  }

  setSpeed(speed: number): void {
    this.#change({ speed });
    this.#replayer?.setConfig({ speed });
  }

  setSkipsIdle(skipsIdle: boolean): void {
    this.#change({ skipsIdle });
    this.#replayer?.setConfig({ skipInactive: skipsIdle });
  }

  showTab(tab: number): void {
    if (tab !== this.#state.tab) void this.#open(tab);
  }

  retry(): void {
    void this.#open(this.#state.tab);
  }

  #change(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  #close(): void {
    this.#loading?.abort();
    cancelAnimationFrame(this.#frame);
    this.#replayer?.destroy();
    this.#replayer = null;
    this.#isComplete = false;
    this.#lastChunk = null;
  }

  async #open(index: number): Promise<void> {
    this.#close();
    this.#loading = new AbortController();
    this.#change({ status: "loading", tab: index, isWaiting: true, page: null, problem: null });
    await this.#fill(this.#loading.signal);
  }

  /** Loads what there is of the current tab; a failure is shown, and leaves what has been loaded playable. */
  async #fill(signal: AbortSignal): Promise<void> {
    try {
      await this.#load(this.#source.tabs[this.#state.tab]?.tab ?? null, signal);
    } catch (failure) {
      if (signal.aborted) return;
      const problem = failure instanceof Error ? failure.message : words.states.unreachable;
      this.#change(this.#replayer ? { problem } : { status: "failed", problem, isPlaying: false, isWaiting: false });
    }
  }

  async #load(tab: string | null, signal: AbortSignal): Promise<void> {
    this.#isComplete = false;
    const make = await loadReplayer();
    const waiting: RrwebEvent[] = [];
    while (!this.#isComplete) {
      const page: ReplayChunks = await this.#source.fetchChunks(tab, this.#lastChunk, signal);
      if (signal.aborted) return;
      this.#isComplete = page.next_after === null;
      this.#lastChunk = page.next_after ?? page.chunks[page.chunks.length - 1]?.id ?? this.#lastChunk;
      // Chunks that name no tab can only be asked for together with all others.
      const events = page.chunks.filter((chunk) => chunk.tab === tab).flatMap((chunk) => chunk.events as RrwebEvent[]);
      if (this.#replayer) this.#add(events);
      else {
        waiting.push(...events);
        if (waiting.length >= 2 && waiting.some((event) => event.type === FULL_SNAPSHOT)) this.#make(make, waiting);
      }
      if (this.#state.isWaiting && this.#replayer) this.#show();
    }
    if (!this.#replayer) this.#change({ status: "none", isPlaying: false, isWaiting: false });
  }

  #make(make: Awaited<ReturnType<typeof loadReplayer>>, events: RrwebEvent[]): void {
    if (!this.#root) return;
    const times = events.map((event) => event.timestamp);
    this.#firstAtMs = Math.min(...times.slice(0, 1000)) - this.#source.startedAtMs;
    this.#lastAtMs = (times[times.length - 1] ?? 0) - this.#source.startedAtMs;
    const { speed, skipsIdle } = this.#state;
    const replayer = make(events, {
      root: this.#root, speed, skipInactive: skipsIdle, inactivePeriodThreshold: IDLE_MS,
      mouseTail: { duration: 600, lineCap: "round", lineWidth: 2, strokeStyle: "#0B6670" },
    });
    replayer.iframe.title = sessionWords.replay;
    replayer.iframe.tabIndex = -1;
    replayer.on("resize", (size) => this.#change({ page: size as { width: number; height: number } }));
    replayer.on("skip-start", () => this.#change({ isSkipping: true }));
    replayer.on("skip-end", () => this.#change({ isSkipping: false }));
    replayer.on("mouse-interaction", () => this.#tellClick(replayer));
    replayer.on("finish", () => this.#ended());
    this.#replayer = replayer;
    this.#change({ status: "ready" });
  }

  /** Marks the pointer while it shows a click that got no answer. */
  #tellClick(replayer: Replayer): void {
    const at = replayer.getCurrentTime() + this.#firstAtMs;
    const isDead = this.#source.deadClicksMs.some((ms) => Math.abs(ms - at) < CLICK_MS);
    replayer.wrapper.toggleAttribute("data-unanswered", isDead);
  }

  #add(events: readonly RrwebEvent[]): void {
    for (const event of events) {
      this.#replayer?.addEvent(event);
      this.#lastAtMs = Math.max(this.#lastAtMs, event.timestamp - this.#source.startedAtMs);
    }
  }

  /** Brings the replayer to the clock's second, or waits until it has been loaded. */
  #show(): void {
    const replayer = this.#replayer;
    if (!replayer) return;
    cancelAnimationFrame(this.#frame);
    const isLoaded = this.#isComplete || this.clock.ms < this.#lastAtMs;
    this.#change({ isWaiting: !isLoaded, isSkipping: false });
    const offsetMs = Math.min(Math.max(0, this.clock.ms - this.#firstAtMs), Math.max(0, this.#lastAtMs - this.#firstAtMs));
    if (!isLoaded || !this.#state.isPlaying) replayer.pause(isLoaded ? offsetMs : undefined);
    else if (this.#isComplete && this.clock.ms > this.#lastAtMs) this.#ended();
    else {
      replayer.play(offsetMs);
      this.#follow(replayer);
    }
  }

  /** Moves the clock with the replayer, frame by frame. */
  #follow(replayer: Replayer): void {
    const tick = () => {
      if (replayer !== this.#replayer || !this.#state.isPlaying || this.#state.isWaiting) return;
      this.clock.set(Math.min(replayer.getCurrentTime() + this.#firstAtMs, this.#source.durationMs));
      this.#frame = requestAnimationFrame(tick);
    };
    this.#frame = requestAnimationFrame(tick);
  }

  /** The loaded part has been played: wait for more, go on in another tab, or stop. */
  #ended(): void {
    if (!this.#state.isPlaying) return;
    cancelAnimationFrame(this.#frame);
    if (!this.#isComplete) return this.#change({ isWaiting: true, isSkipping: false });
    const next = tabAfter(this.#source.tabs, this.clock.ms, this.#state.tab);
    if (next === null) {
      // The session often goes on for a moment after the last thing that was recorded.
      if (this.#source.durationMs - this.clock.ms < TAIL_MS) this.clock.set(this.#source.durationMs);
      return this.#change({ isPlaying: false, isSkipping: false, hasEnded: true });
    }
    const tab = this.#source.tabs[next];
    this.clock.set(Math.max(this.clock.ms, Math.min(...(tab ? chunkTimes(tab) : []))));
    void this.#open(next);
  }
}
