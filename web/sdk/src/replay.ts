// mien-replay.js: records the page with rrweb, masks it, and packs it into chunks of at most 1 MiB of JSON.

import { record, type RecordedEvent } from "@rrweb/record";
import type { StartReplay, ReplayWindow } from "./captures/replay";
import { all, listen, quietly } from "./guard";
import { cleanUrl } from "./privacy";
import { createPacker } from "./replay_chunks";
import { createScrubber, noteTyped } from "./replay_privacy";

const CHECKOUT_MS = 300_000; // a new full snapshot every 5 minutes: a point to seek to
const PASSWORD_STARS = 8; // not even the length of a password
const PRIVATE_TEXT = "[data-private],[data-private] *,[contenteditable]:not([contenteditable=false])";
const INPUT_TYPES =
  "input textarea select password text email tel url search number date datetime-local month week time color range hidden";

const start: StartReplay = (context) => {
  const { on } = context;
  const packer = createPacker(context, createScrubber(), () => record.takeFullSnapshot(true));

  const emit = quietly((event: RecordedEvent) => {
    if (context.isLive()) packer.add(event);
  });

  const stop = record({
    emit,
    checkoutEveryNms: CHECKOUT_MS,
    blockSelector: "[data-block]",
    maskTextSelector: PRIVATE_TEXT,
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

  on("screen", (screen) => record.addCustomEvent("nav", { screen, href: cleanUrl(location.href) }));
  on("end", packer.hand);
  on("begin", () => record.takeFullSnapshot(true));
  on("prepare", (waitFor) => waitFor(packer.pack()));
  on("leave", packer.hand);
  return all(
    listen("input change", (event) => noteTyped(event.composedPath()[0] as Element)),
    () => stop?.(),
  );
};

(window as ReplayWindow).__mienReplay = start;
