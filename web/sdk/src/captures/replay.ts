// Replay: loads the recorder (mien-replay.js) once the page has loaded, so that it delays nothing.

import { later } from "../guard";
import { loadPart } from "../parts";

const LOADED_WAIT_MS = 300;

export function replay(): void {
  const load = loadPart("replay");
  const wait = (): unknown => later(() => (document.readyState === "complete" ? load() : wait()), LOADED_WAIT_MS);
  wait();
}
