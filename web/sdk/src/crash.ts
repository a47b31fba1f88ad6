// mien-crash.js: whether an error has left a blank page. Loaded at the first uncaught error of a page.

import { later, listen, now, within } from "./guard";
import type { PartWindow, Shared } from "./parts";

const BLANK_MS = 5_000; // signals.md A.2; what an application draws anew after an error is there by then
const SHOWN = /^(img|svg|canvas|video|iframe|object|embed|input|textarea|select|button)$/; // something without a text
const MIN_PX = 8; // own choice: smaller is a pixel that counts visitors, not something to see
const PAGE = 0.9; // own choice: a surface of so much of the window is the background of a page, not something on it
const TEXT = /^"\s*[^\s"]|url/; // of a style sheet

/** Whether there is something to see, be it drawn by style sheets alone. */
function shows(element: Element): boolean {
  if (element.checkVisibility?.() === false) return false;
  if (["::before", "::after"].some((part) => TEXT.test(getComputedStyle(element, part).content))) return true;
  const { width, height } = element.getBoundingClientRect();
  if (width < MIN_PX || height < MIN_PX) return false;
  const name = element.localName;
  const { backgroundColor, backgroundImage, borderTopWidth } = getComputedStyle(element);
  // An element of the page's own that the browser knows draws what nobody can look into.
  if (SHOWN.test(name) || customElements.get(name) || parseFloat(borderTopWidth)) return true;
  const isDrawn = backgroundImage !== "none" || !/^rgba.*, 0\)/.test(backgroundColor);
  return isDrawn && width * height < PAGE * innerWidth * innerHeight;
}

const isBlank = ({ body }: Document): boolean =>
  !body || !(body.innerText.trim() || [...body.querySelectorAll("*")].some(shows));

/** signals.md A.2, crash. Looked at after each error, but not twice at once; said once. `errorAt`: of the first one. */
function start(core: Shared, [errorAt]: number[]): void {
  let isDue = false;
  function look(at: number): void {
    if (isDue) return;
    isDue = true;
    later(() => {
      // A page that is still loading is not there yet, and one that nobody has looked at for half an hour hurts nobody.
      isDue = document.readyState === "complete" && core.isLive() && isBlank(document);
      if (isDue) core.emit("crash", {});
    }, at + BLANK_MS - now());
  }
  look(errorAt!);
  listen("error unhandledrejection", (_, at, target) => target.localName || look(at));
}

(window as PartWindow).__mien = (core, errorAt) => within(core.signal, () => start(core, errorAt));
