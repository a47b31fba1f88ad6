// Which browser tab's recording shows a given second: a session may have been recorded in several tabs at once.
import type { ReplayTab } from "../types";

/** A chunk covers some seconds after its first event; its end is not known before it is loaded. */
const CHUNK_MS = 10_000;

interface Span {
  from: number;
  until: number;
}

/** When the chunks of a tab begin; those that hold no time are left out. */
export function chunkTimes(tab: ReplayTab): number[] {
  return tab.chunks.map((chunk) => chunk.at_ms).filter((at) => at !== null);
}

function spanOf(tab: ReplayTab): Span | null {
  const starts = chunkTimes(tab);
  return starts.length ? { from: Math.min(...starts), until: Math.max(...starts) + CHUNK_MS } : null;
}

/** Index of the tab to show at `ms`: the current one as long as it covers it, else one that does, else the nearest. */
export function tabAt(tabs: readonly ReplayTab[], ms: number, current: number): number {
  const distance = (tab: ReplayTab): number => {
    const span = spanOf(tab);
    if (!span) return Infinity;
    return Math.max(0, span.from - ms, ms - span.until);
  };
  let best = current;
  tabs.forEach((tab, index) => {
    const other = tabs[best];
    if (!other || distance(tab) < distance(other)) best = index;
  });
  return best;
}

/** Index of the tab whose recording goes on after `ms`, when the current one has ended; null when none does. */
export function tabAfter(tabs: readonly ReplayTab[], ms: number, current: number): number | null {
  const later = tabs
    .map((tab, index) => ({ index, span: spanOf(tab) }))
    .filter(({ index, span }) => index !== current && span !== null && span.until - CHUNK_MS > ms)
    .sort((a, b) => (a.span?.from ?? 0) - (b.span?.from ?? 0));
  return later[0]?.index ?? null;
}
