// Forms: each submit, how many fields were wrong, and whether it worked.

import { emit, isQuiet, screen, type Place } from "../core";
import { selectorOf } from "../element";
import { later, listen, on } from "../guard";
import type { Metadata } from "../wire";
import { nameOf, WRONG } from "./inputs";

const WAIT_MS = 3_000; // as for clicks: what the page has not answered by then stays unknown
const BURST_MS = 50; // all wrong fields of a form are told within that
const REQUEST_START_MS = 1_000;

export function forms(): void {
  let at = 0;
  let held: [metadata: Metadata, place: Place] | undefined; // a submit that waits for its success

  function settle(success?: boolean): void {
    if (held) emit("submit", { ...held[0], success }, held[1]);
    held = undefined;
  }

  function submit(submitted: Element, began: number): void {
    settle();
    at = began;
    held = [
      { form: nameOf(submitted), invalid: submitted.querySelectorAll(WRONG).length },
      { at: Date.now(), screen, element_id: selectorOf(submitted) },
    ];
    later(settle, WAIT_MS);
  }

  on("answer", (kind, started, _, status) => {
    if (kind === "navigation") settle(true);
    if (kind === "request" && started >= at && started - at < REQUEST_START_MS) settle(!!status && status < 400);
  });
  on("leaving", () => settle(true));
  on("leave", () => settle());
  listen("submit", (_, began, form) => submit(form, began));
  // The browser's own validation stops a submit without a "submit" event, and marks all wrong fields at once.
  listen("invalid", (_, began, field) => {
    const owner = (field as HTMLInputElement).form;
    if (!owner || began - at < BURST_MS || isQuiet()) return;
    submit(owner, began);
    settle(false);
  });
}
