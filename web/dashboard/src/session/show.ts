// A press on a time in a list: the replay goes there, and comes into view where the page is one column.
import type { Player } from "./player";

export function show(player: Player, ms: number): void {
  player.seek(ms);
  document.querySelector(".stage")?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
