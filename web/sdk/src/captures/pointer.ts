// Where the mouse rested, in 16-pixel cells of the document, and how it thrashed. No path is kept.

import { emit } from "../core";
import { later, listen, now, on } from "../guard";

const CELL_BITS = 4; // 16 pixels
const SAMPLE_MS = 50;
const EVENT_MS = 5_000;
const MAX_STAY_MS = 3_000; // a mouse that lies still says no more after that
const WINDOW_MS = 2_000; // signals.md A.2, thrashed_cursor
const DEAD_ZONE_PX = 5;
const TURN = 0.7071; // a turn is a bend of 45 degrees or more: its cosine

const none = (at: number) => ({ at, turns: 0, path: 0 });

type Stay = [column: number, row: number, ms: number];

export function pointer(): void {
  let stays: Record<string, Stay> = {};
  let lastX = 0;
  let lastY = 0;
  let lastAt = 0; // 0: nothing waits to be emitted
  let heading = 0; // of the last step, as an angle
  let current = none(0); // the two seconds under way
  let worst = current; // those with the most turns

  function stay(until: number): void {
    const cell: Stay = [lastX >> CELL_BITS, lastY >> CELL_BITS, 0];
    if (lastAt) (stays["" + cell] ??= cell)[2] += Math.round(Math.min(MAX_STAY_MS, until - lastAt));
    lastAt = until;
  }

  function measure(dx: number, dy: number, at: number): void {
    const length = Math.hypot(dx, dy);
    if (at - current.at > WINDOW_MS) current = none(at);
    current.path += length;
    if (length < DEAD_ZONE_PX) return;
    const before = heading;
    heading = Math.atan2(dy, dx);
    if (Math.cos(heading - before) < TURN) current.turns++;
    if (current.turns >= worst.turns) worst = current;
  }

  function end(): void {
    if (!lastAt) return;
    stay(now());
    emit("pointer", { cells: Object.values(stays), turns: worst.turns, path_px: Math.round(worst.path) });
    stays = {};
    worst = current = none(0);
    lastAt = 0;
  }

  on("leave", end);
  on("screen", end);
  listen<PointerEvent>("pointermove", (event, at) => {
    if (event.pointerType === "touch" || at - lastAt < SAMPLE_MS) return;
    if (!lastAt) later(end, EVENT_MS);
    else if (!event.buttons) measure(event.pageX - lastX, event.pageY - lastY, at); // dragging is no thrashing
    stay(at);
    lastX = event.pageX;
    lastY = event.pageY;
  });
}
