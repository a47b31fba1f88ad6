// Replay: loads the recorder (mien-replay.js) once the page has loaded, so that it delays nothing.

import type { CaptureContext } from "../context";
import { all, later, listen, quietly, type Stop } from "../guard";

const LOADED_WAIT_MS = 300;

export type StartReplay = (context: CaptureContext) => Stop;

/** The recorder leaves its start function here for the core, which takes it away again. */
export type ReplayWindow = Window & { __mienReplay?: StartReplay };

export function replay(context: CaptureContext): Stop {
  const { replayUrl, nonce } = context.options;
  const page = window as ReplayWindow;
  let isStopped = false;
  let stop: Stop | undefined;

  function load(): void {
    if (isStopped) return;
    const script = document.createElement("script");
    script.src = replayUrl;
    script.nonce = nonce;
    script.onload = quietly(() => {
      script.remove();
      if (!isStopped) stop = page.__mienReplay?.(context);
      delete page.__mienReplay;
    });
    document.documentElement.append(script);
  }

  const wait = (): Stop => later(load, LOADED_WAIT_MS);
  if (document.readyState === "complete") wait();
  return all(listen("load", ({ target }) => target === document && wait()), () => {
    isStopped = true;
    stop?.();
  });
}
