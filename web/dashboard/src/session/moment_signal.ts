// Which signal a moment can be judged by: verdicts are given on signals, a moment is only an estimate from them.
import { HARMLESS } from "../parts/glyphs";
import type { MomentRow, SignalRow } from "../types";
import { tellingMoments } from "./lanes";

/** How long the model remembers evidence (docs/analyzers/emotion.md). */
const WINDOW_MS = 30_000;
/** Times are rounded, and a moment stands at the event that made a signal known. */
const SLACK_MS = 1_000;

/** How far a moment is from the stretch of a signal; 0 within it. */
function distanceMs(at: number, { at_ms, until_ms }: SignalRow): number {
  return Math.max(0, at_ms - at, at - until_ms);
}

/** For moments that say something, the nearest signal that had begun by then, of two as near the dearer one. A signal stands at
 * one moment only, the nearest: it is judged once. */
export function judgedBy(moments: readonly MomentRow[], signals: readonly SignalRow[]): Map<MomentRow, SignalRow> {
  const pairs = tellingMoments(moments).flatMap((moment) =>
    signals.filter(({ type }) => type !== HARMLESS).map((signal) => ({ moment, signal, ms: distanceMs(moment.at_ms, signal) })),
  );
  const near = pairs.filter(({ moment, signal, ms }) => ms <= WINDOW_MS && signal.at_ms <= moment.at_ms + SLACK_MS).sort((a, b) => a.ms - b.ms || b.signal.points - a.signal.points);
  const found = new Map<MomentRow, SignalRow>();
  const taken = new Set<SignalRow>();
  for (const { moment, signal } of near) {
    if (found.has(moment) || taken.has(signal)) continue;
    found.set(moment, signal);
    taken.add(signal);
  }
  return found;
}
