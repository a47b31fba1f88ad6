// The recorded page under a heatmap: one snapshot, rebuilt as a replay is and as high as the whole page.
import { loadReplayer, type RrwebEvent } from "../session/safe_replayer";
import type { HeatPage } from "../types";

/** The highest page that is shown whole. */
const MOST_PX = 20_000;
/** Fonts and pictures of the page settle within this. */
const SETTLE_MS = 300;

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Shown {
  widthPx: number;
  heightPx: number;
  boxOf: (element: string) => Box | null;
}

/** Shows the snapshot inside `root` until the returned function is called; `onShown` comes again when the page has settled. */
export async function showRecorded(root: HTMLElement, page: HeatPage, title: string, onShown: (shown: Shown) => void): Promise<() => void> {
  const make = await loadReplayer();
  const events = (page.events ?? []) as RrwebEvent[];
  const widthPx = page.width_px ?? 0;
  const replayer = make(events, { root, mouseTail: false });
  const { iframe } = replayer;
  iframe.title = title;
  iframe.tabIndex = -1;
  let timer = 0;
  const measure = () => {
    const shown = iframe.contentDocument;
    if (!shown?.documentElement) return;
    const heightPx = Math.min(MOST_PX, Math.max(page.height_px ?? 0, shown.documentElement.scrollHeight));
    iframe.width = String(widthPx);
    iframe.height = String(heightPx);
    onShown({ widthPx, heightPx, boxOf: (element) => boxIn(shown, element) });
  };
  replayer.on("fullsnapshot-rebuilded", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      measure();
      timer = window.setTimeout(measure, SETTLE_MS);
    });
  });
  // One more than its length: what is at the very moment asked for would not be applied.
  replayer.pause(lengthMs(events) + 1);
  return () => {
    clearTimeout(timer);
    replayer.destroy();
  };
}

function lengthMs(events: readonly RrwebEvent[]): number {
  return (events[events.length - 1]?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
}

/** The element's box in pixels of the page; null where the page has no such element, or does not show it. */
export function boxIn(page: Document, element: string): Box | null {
  const found = elementIn(page, element);
  const box = found?.getBoundingClientRect();
  return box && box.width > 0 && box.height > 0 ? { left: box.left, top: box.top, width: box.width, height: box.height } : null;
}

/** By the script's selector, which crosses a shadow root with ">>>". */
function elementIn(page: Document, element: string): Element | null {
  let root: Document | ShadowRoot | null = page;
  let found: Element | null = null;
  for (const part of element.split(" >>> ")) {
    if (!root) return null;
    try {
      found = root.querySelector(part);
    } catch {
      return null;
    }
    root = found?.shadowRoot ?? null;
  }
  return found;
}
