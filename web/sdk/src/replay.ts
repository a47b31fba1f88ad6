// mien-replay.js: records the page with rrweb, masks it, and packs it into chunks of at most 1 MiB of JSON. It measures
// what it costs the page, and stops where that is too much.

import { record, type RecordedEvent } from "@rrweb/record";
import { listen, quietly, within } from "./guard";
import type { PartWindow, Shared } from "./parts";
import { cleanUrl } from "./privacy";
import { createPacker } from "./replay_chunks";
import { createMeter } from "./replay_cost";
import { noteTyped } from "./privacy";
import { createScrubber } from "./replay_privacy";

const CHECKOUT_MS = 300_000; // a new full snapshot every 5 minutes: a point to seek to
const PASSWORD_STARS = 8; // not even the length of a password
const PRIVATE_TEXT = "[data-private],[data-private] *,[contenteditable]:not([contenteditable=false])";
const INPUT_TYPES =
  "input textarea select password text email tel url search number date datetime-local month week time color range hidden";

function start(core: Shared): void {
  const meter = createMeter();
  const packer = createPacker(core, createScrubber(), () => record.takeFullSnapshot(true));
  let stopRecording: (() => void) | undefined;

  /** Too dear for this page: what was recorded so far stays, and the session says why there is no more. */
  function giveUp(reason: string, cost: object): void {
    stopRecording?.();
    stopRecording = undefined;
    core.emit("recorder", { state: "stopped", reason, ...cost });
  }

  const emit = quietly((event: RecordedEvent) => {
    if (core.isLive()) packer.add(event);
    const tooDear = meter.count(event);
    if (tooDear && stopRecording) giveUp(...tooDear);
  });

  meter.watch(() => {
    stopRecording = record({
      emit,
      checkoutEveryNms: CHECKOUT_MS,
      blockSelector: "[data-block]",
      maskTextSelector: core.given.replay === "strict" ? "*" : PRIVATE_TEXT,
      // Not `maskAllInputs`: that leaves hidden inputs in clear.
      maskInputOptions: Object.fromEntries(INPUT_TYPES.split(" ").map((type) => [type, true])),
      maskInputFn: (text, element) =>
        "*".repeat((element as HTMLInputElement).type === "password" ? PASSWORD_STARS : text.length),
      slimDOMOptions: "all",
      recordCanvas: false,
      inlineStylesheet: true,
      recordAfter: "DOMContentLoaded",
      sampling: { mousemove: 50, scroll: 150, media: 800, input: "last" },
      errorHandler: () => true,
    });
  });

  core.on("screen", (screen) => record.addCustomEvent("nav", { screen, href: cleanUrl(location.href) }));
  core.on("end", packer.hand);
  const begin = (): unknown => stopRecording && record.takeFullSnapshot(true);
  core.on("begin", begin);
  // From the back/forward cache: a tab of its own, and other pages were recorded meanwhile.
  listen<PageTransitionEvent>("pageshow", (event) => event.persisted && begin());
  core.on("prepare", packer.pack);
  core.on("leave", packer.hand);
  listen("input change", (event) => noteTyped(event.composedPath()[0] as Element));
  core.signal.addEventListener("abort", () => stopRecording?.());
}

(window as PartWindow).__mien = (core) => within(core.signal, () => start(core));
