// Replay: loads the recorder (mien-replay.js) once the page has loaded, so that it delays nothing.

import { listen } from "../guard";
import { loadPart } from "../parts";

export function replay(): void {
  const load = loadPart("replay");
  if (document.readyState === "complete") load();
  else listen("load", load);
}
