// What the marks of the timeline mean; only those that are on it.
import type { ReactNode } from "react";
import { CauseGlyph, GlyphOutline, HARMLESS } from "../parts/glyphs";
import { BandOutline, RATING_BANDS } from "../parts/score_mark";
import { RATINGS } from "../search";
import { CAUSES } from "../theme";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { signalName, words } from "../words";
import { latency, SLOW_MS } from "./lanes";
import { vitalsOf } from "./vitals";

export function Legend({ page, hasIdle }: { page: SessionPage; hasIdle: boolean }) {
  const { legend } = sessionWords;
  const ratings = new Set(vitalsOf(page.events).map((one) => one.rating));
  const clicks = page.events.filter((e) => e.type === "click");
  const seen = new Map(CAUSES.flatMap((cause) => page.signals.filter((one) => one.cause === cause && one.type !== HARMLESS)).map((one) => [one.type, one.cause]));
  const entries: [string, boolean, ReactNode][] = [
    [legend.harmless, page.signals.some((s) => s.type === HARMLESS), <GlyphOutline key="h" cause="noans" signal={HARMLESS} />],
    [legend.answered, clicks.some((c) => c.answered !== false), <circle key="a" cx={7} cy={7} r={3} fill="var(--ink3)" />],
    [legend.unanswered, clicks.some((c) => c.answered === false), <circle key="u" cx={7} cy={7} r={3.8} fill="none" stroke="var(--noans)" strokeWidth={2} />],
    [legend.call, page.calls.some((c) => !c.failed && latency(c) < SLOW_MS), <rect key="c" x={5} y={2} width={4} height={10} rx={1.5} fill="var(--call)" />],
    [legend.slow, page.calls.some((c) => latency(c) >= SLOW_MS && !c.unfinished), <rect key="s" x={1} y={3} width={12} height={8} rx={1.5} fill="var(--wait)" />],
    [legend.failed, page.calls.some((c) => c.failed), <rect key="f" x={5} y={1} width={4} height={12} rx={1} fill="var(--fail)" />],
    [legend.unfinished, page.calls.some((c) => c.unfinished), <rect key="n" x={1} y={3} width={12} height={8} rx={1.5} fill="url(#unfinished)" stroke="var(--wait)" />],
    ...RATINGS.map((rating): [string, boolean, ReactNode] => [legend.vital(words.rating[rating]), ratings.has(rating), <g key={rating} transform="translate(1 1) scale(1.2)"><BandOutline band={RATING_BANDS[rating]} /></g>]),
    [legend.lost, page.lost_spans.length > 0, <rect key="l" x={0.5} y={1.5} width={13} height={11} fill="url(#lost)" stroke="var(--hurt)" strokeDasharray="3 3" />],
    [legend.idle, hasIdle, <rect key="i" x={0} y={1} width={14} height={12} fill="url(#idle)" />],
  ];
  return (
    <ul className="legend">
      {[...seen].map(([type, cause]) => (
        <li key={type}>
          <CauseGlyph cause={cause} signal={type} size={14} /> {signalName(type)}
        </li>
      ))}
      {entries.map(([text, isThere, sign]) =>
        isThere ? (
          <li key={text}>
            <svg width={14} height={14} aria-hidden="true">{sign}</svg> {text}
          </li>
        ) : null,
      )}
    </ul>
  );
}
