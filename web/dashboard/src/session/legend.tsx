// What the marks of the timeline mean; only those that are on it.
import type { ReactNode } from "react";
import { CauseGlyph, GlyphOutline, HARMLESS } from "../parts/glyphs";
import { CAUSES } from "../theme";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { latency, SLOW_MS } from "./lanes";

export function Legend({ page, hasIdle }: { page: SessionPage; hasIdle: boolean }) {
  const { legend } = sessionWords;
  const clicks = page.events.filter((e) => e.type === "click");
  const causes = CAUSES.filter((cause) => page.signals.some((s) => s.cause === cause && s.type !== HARMLESS));
  const entries: [string, boolean, ReactNode][] = [
    [legend.scriptError, page.signals.some((s) => s.type.startsWith("js_error") || s.type === "crash"), <GlyphOutline key="e" cause="fail" signal="js_error" />],
    [legend.harmless, page.signals.some((s) => s.type === HARMLESS), <GlyphOutline key="h" cause="noans" signal={HARMLESS} />],
    [legend.answered, clicks.some((c) => c.answered !== false), <circle key="a" cx={7} cy={7} r={3} fill="var(--ink3)" />],
    [legend.unanswered, clicks.some((c) => c.answered === false), <circle key="u" cx={7} cy={7} r={3.8} fill="none" stroke="var(--noans)" strokeWidth={2} />],
    [legend.call, page.calls.some((c) => !c.failed && latency(c) < SLOW_MS), <rect key="c" x={5} y={2} width={4} height={10} rx={1.5} fill="var(--call)" />],
    [legend.slow, page.calls.some((c) => latency(c) >= SLOW_MS && !c.unfinished), <rect key="s" x={1} y={3} width={12} height={8} rx={1.5} fill="var(--wait)" />],
    [legend.failed, page.calls.some((c) => c.failed), <rect key="f" x={5} y={1} width={4} height={12} rx={1} fill="var(--fail)" />],
    [legend.unfinished, page.calls.some((c) => c.unfinished), <rect key="n" x={1} y={3} width={12} height={8} rx={1.5} fill="url(#unfinished)" stroke="var(--wait)" />],
    [legend.idle, hasIdle, <rect key="i" x={0} y={1} width={14} height={12} fill="url(#idle)" />],
  ];
  return (
    <ul className="legend">
      {causes.map((cause) => (
        <li key={cause}>
          <CauseGlyph cause={cause} size={14} /> {words.cause[cause].label.toLowerCase()}
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
