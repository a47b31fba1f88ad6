// Where the mouse rested, in 16-pixel cells of the document, and how it thrashed. No path is kept.

import type { CaptureContext } from "../context";
import { later, listen, now, type Stop } from "../guard";

const CELL_PX = 16;
const SAMPLE_MS = 50;
const EVENT_MS = 5_000;
const MAX_STAY_MS = 3_000; // a mouse that lies still says no more after that
const WINDOW_MS = 2_000; // signals.md A.2, thrashed_cursor
const DEAD_ZONE_PX = 5;
const TURN = Math.PI / 4; // a turn is a bend of 45 degrees or more

export function pointer({ emit, on }: CaptureContext): Stop {
  const stays = new Map<string, number>();
  let lastX = 0;
  let lastY = 0;
  let lastAt = 0; // 0: nowhere yet
  let heading = 0; // of the last step, as an angle
  let current = { at: 0, turns: 0, path: 0 }; // the two seconds under way
  let worst = current; // those with the most turns
  let isHeld = false; // something waits to be emitted

  function stay(until: number): void {
    const cell = [lastX, lastY].map((px) => Math.floor(px / CELL_PX)).join();
    if (lastAt) stays.set(cell, (stays.get(cell) ?? 0) + Math.min(MAX_STAY_MS, until - lastAt));
    lastAt = until;
  }

  function measure(dx: number, dy: number, at: number): void {
    const length = Math.hypot(dx, dy);
    if (at - current.at > WINDOW_MS) current = { at, turns: 0, path: 0 };
    current.path += length;
    if (length < DEAD_ZONE_PX) return;
    const bend = Math.abs(Math.atan2(dy, dx) - heading);
    heading = Math.atan2(dy, dx);
    if (Math.min(bend, 2 * Math.PI - bend) >= TURN) current.turns++;
    if (current.turns >= worst.turns) worst = current;
  }

  function end(): void {
    if (!isHeld) return;
    isHeld = false;
    stay(now());
    const cells = [...stays].map(([cell, ms]) => [...cell.split(",").map(Number), Math.round(ms)]);
    const { turns, path } = worst;
    const speed = Math.round((path / WINDOW_MS) * 1_000); // px/s
    stays.clear();
    worst = current = { at: 0, turns: 0, path: 0 };
    emit("pointer", { cells, turns, path_px: Math.round(path), speed });
  }

  function leave(): void {
    end();
    lastAt = 0;
  }

  on("leave", leave);
  on("screen", leave);
  return listen<PointerEvent>("pointermove", ({ pageX, pageY, timeStamp, pointerType, buttons }) => {
    if (pointerType === "touch" || timeStamp - lastAt < SAMPLE_MS) return;
    if (!isHeld) later(end, EVENT_MS);
    isHeld = true;
    if (lastAt && !buttons) measure(pageX - lastX, pageY - lastY, timeStamp); // dragging is no thrashing
    stay(timeStamp);
    lastX = pageX;
    lastY = pageY;
  });
}
