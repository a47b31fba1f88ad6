// What happened within ten seconds of the playhead: events, calls that failed or were slow, errors, signals.
import { useMemo } from "react";
import { clock } from "../format";
import { Card } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { useClock } from "./clock";
import { callItem, eventItem } from "./items";
import type { Player } from "./player";
import type { StepItem } from "./step_list";

const WITHIN_MS = 10_000;
const MOST = 7;
const SHOWN_TYPES = new Set(["click", "submit", "screen_view", "input", "feedback", "select", "web_vital"]);

/** The items nearest to `ms`, in order of time. */
function nearest(items: readonly StepItem[], ms: number): StepItem[] {
  return items
    .filter((item) => Math.abs(item.at_ms - ms) <= WITHIN_MS)
    .sort((a, b) => Math.abs(a.at_ms - ms) - Math.abs(b.at_ms - ms))
    .slice(0, MOST)
    .sort((a, b) => a.at_ms - b.at_ms);
}

export function Around({ page, player }: { page: SessionPage; player: Player }) {
  const at = useClock(player.clock, 500);
  const items = useMemo(() => {
    const signals = page.signals.map((s): StepItem => ({ at_ms: s.at_ms, sign: <CauseGlyph cause={s.cause} signal={s.type} size={15} named />, text: s.label, detail: null }));
    const events = page.events.filter((e) => SHOWN_TYPES.has(e.type)).map(eventItem);
    return [...signals, ...events, ...page.calls.map(callItem)];
  }, [page]);
  const shown = nearest(items, at);
  const current = shown.findLast((item) => item.at_ms <= at + 500);
  return (
    <Card title={sessionWords.aroundTitle(clock(at))} sub={sessionWords.aroundSub}>
      {shown.length === 0 && <p className="quiet">{sessionWords.nothingAround}</p>}
      <ol className="around-list">
        {shown.map((item, i) => (
          <li key={i} data-current={item === current || undefined}>
            <button type="button" className="time-link" onClick={() => player.seek(item.at_ms)}>
              {clock(item.at_ms)}
            </button>
            <span className="step-sign">{item.sign}</span>
            <span className="step-text">
              {item.text}
              {item.detail && <small>{item.detail}</small>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
