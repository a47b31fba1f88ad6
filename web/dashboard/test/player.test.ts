// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Player, type ReplaySource } from "../src/session/player";
import type { ReplayChunks } from "../src/types";

interface Event {
  type: number;
  timestamp: number;
}

/** Stands in for rrweb's replayer, which needs a real browser: remembers what it was told. */
const told: { events: Event[]; calls: string[] } = { events: [], calls: [] };
vi.mock("@rrweb/replay", () => ({
  Replayer: class {
    iframe = document.createElement("iframe");
    constructor(events: Event[]) {
      told.events = [...events];
      told.calls.push("make");
    }
    on() {}
    addEvent(event: Event) {
      told.events.push(event);
    }
    play(ms: number) {
      told.calls.push(`play ${ms}`);
    }
    pause(ms?: number) {
      told.calls.push(`pause ${ms ?? ""}`.trim());
    }
    setConfig() {}
    getCurrentTime() {
      return 0;
    }
    destroy() {
      told.calls.push("destroy");
    }
  },
}));

const START = 1_000_000;
const event = (seconds: number, type = 3): Event => ({ type, timestamp: START + seconds * 1000 });
const chunk = (id: number, ...events: Event[]) => ({ id, tab: "a", index: id, events });

/** A source whose pages are released one by one. */
function source(pages: ReplayChunks[], chunks = 3): ReplaySource & { asked: (number | null)[]; release: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  const asked: (number | null)[] = [];
  return {
    startedAtMs: START,
    durationMs: 60_000,
    deadClicksMs: [],
    tabs: [{ tab: "a", chunks: Array.from({ length: chunks }, (_, i) => ({ id: i + 1, index: i, at_ms: i * 20_000, event_count: 2 })) }],
    asked,
    fetchChunks: (_tab, after) => {
      asked.push(after);
      const page = pages[asked.length - 1];
      return new Promise((resolve, reject) => waiting.push(() => (page ? resolve(page) : reject(new Error("The database did not answer in 5 s.")))));
    },
    release: async () => {
      await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
      waiting.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

const FIRST: ReplayChunks = { chunks: [chunk(1, event(0, 4), event(0, 2), event(15))], next_after: 1, unreadable: 0 };
const SECOND: ReplayChunks = { chunks: [chunk(2, event(20), event(50))], next_after: null, unreadable: 0 };

beforeEach(() => {
  told.events = [];
  told.calls = [];
});

describe("the player", () => {
  it("starts with the first chunks and adds the rest", async () => {
    const from = source([FIRST, SECOND]);
    const player = new Player(from);
    player.mount(document.body);
    expect(player.state.status).toBe("loading");
    await from.release();
    expect(player.state.status).toBe("ready");
    expect(told.events).toHaveLength(3);
    await from.release();
    expect(told.events).toHaveLength(5);
    expect(from.asked).toEqual([null, 1]);
  });

  it("waits for a second that has not been loaded, and shows it when it has", async () => {
    const from = source([FIRST, SECOND]);
    const player = new Player(from);
    player.mount(document.body);
    await from.release();
    player.seek(40_000);
    expect(player.state.isWaiting).toBe(true);
    await from.release();
    expect(player.state.isWaiting).toBe(false);
    expect(told.calls.at(-1)).toBe("pause 40000");
  });

  it("plays on from where the clock stands", async () => {
    const from = source([{ ...FIRST, next_after: null }]);
    const player = new Player(from);
    player.clock.set(5_000);
    player.mount(document.body);
    await from.release();
    player.play();
    expect(told.calls.at(-1)).toBe("play 5000");
    player.pause();
    expect(player.state.isPlaying).toBe(false);
  });

  it("stays where the playhead is dragged to, and plays on from there when it is let go", async () => {
    const from = source([{ ...FIRST, next_after: null }]);
    const player = new Player(from);
    player.mount(document.body);
    await from.release();
    player.play();
    player.drag(9_000);
    expect(told.calls.at(-1)).toBe("pause");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(player.clock.ms).toBe(9_000);
    player.seek(player.clock.ms);
    expect(told.calls.at(-1)).toBe("play 9000");
    player.pause();
  });

  it("asks for what a growing session has recorded since, and only for that", async () => {
    const from = source([{ ...FIRST, next_after: null }, SECOND], 1);
    const player = new Player(from);
    player.mount(document.body);
    await from.release();
    player.extend({ ...from, durationMs: 90_000, tabs: source([], 2).tabs });
    await from.release();
    expect(from.asked).toEqual([null, 1]);
    expect(told.events).toHaveLength(5);
    expect(told.calls.filter((call) => call === "make")).toHaveLength(1);
  });

  it("says what went wrong, and keeps what had been loaded", async () => {
    const from = source([FIRST]);
    const player = new Player(from);
    player.mount(document.body);
    await from.release();
    await from.release();
    expect(player.state.status).toBe("ready");
    expect(player.state.problem).toBe("The database did not answer in 5 s.");

    const broken = source([]);
    const other = new Player(broken);
    other.mount(document.body);
    await broken.release();
    expect(other.state.status).toBe("failed");
  });

  it("has nothing to play without chunks, but still a clock", () => {
    const player = new Player(source([], 0));
    player.mount(document.body);
    player.play();
    player.seek(70_000);
    expect(player.state).toMatchObject({ status: "none", isPlaying: false });
    expect(player.clock.ms).toBe(60_000);
  });

  it("leaves out chunks of other tabs", async () => {
    const from = source([{ chunks: [{ ...chunk(9, event(1)), tab: null }, ...FIRST.chunks], next_after: null, unreadable: 0 }]);
    new Player(from).mount(document.body);
    await from.release();
    expect(told.events).toHaveLength(3);
  });
});

describe("the end of a recording", () => {
  async function played(durationMs: number) {
    const from = { ...source([FIRST, SECOND]), durationMs };
    const player = new Player(from);
    player.mount(document.body);
    await from.release();
    await from.release();
    player.seek(55_000);
    return player;
  }

  it("is told when it is played to, and not when one only goes there", async () => {
    const player = await played(60_000);
    expect(player.state.hasEnded).toBe(false);
    player.play();
    expect(player.state).toMatchObject({ hasEnded: true, isPlaying: false });
  });

  it("is forgotten as soon as somebody goes elsewhere", async () => {
    for (const go of [(player: Player) => player.seek(1_000), (player: Player) => player.drag(1_000)]) {
      const player = await played(60_000);
      player.play();
      go(player);
      expect(player.state.hasEnded).toBe(false);
    }
  });

  it("keeps the speed that it was made with", () => {
    expect(new Player(source([]), { speed: 4, skipsIdle: false }).state).toMatchObject({ speed: 4, skipsIdle: false });
  });
});
