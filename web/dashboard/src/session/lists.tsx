// The lists of the panel: signals to be judged, events, calls and errors, each in step with the replay.
import { useMemo } from "react";
import { errorWords } from "../error_words";
import { CauseGlyph } from "../parts/glyphs";
import { ErrorLink } from "../place";
import type { Panel } from "../search";
import type { CallRow, SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { Verdict } from "../verdicts/verdict";
import { callItem, eventItem } from "./items";
import type { Player } from "./player";
import { StepList, type StepItem } from "./step_list";
import { NOISE } from "./steps";

interface ListProps {
  page: SessionPage;
  player: Player;
}

export default function List({ panel, page, player }: ListProps & { panel: Exclude<Panel, "score"> }) {
  if (panel === "signals") return <Signals page={page} player={player} />;
  if (panel === "events") return <Events page={page} player={player} />;
  if (panel === "network") return <Network calls={page.calls} player={player} />;
  return <Console page={page} player={player} />;
}

function Signals({ page: { session, signals }, player }: ListProps) {
  const items = useMemo(
    () =>
      signals.map((one): StepItem => ({
        at_ms: one.at_ms,
        sign: <CauseGlyph cause={one.cause} signal={one.type} size={14} named />,
        text: one.label,
        detail: one.detail || null,
        isStrong: true,
        more: <Verdict key={`${one.type} ${one.started_at}`} one={{ ...one, session_id: session.session_id }} />,
      })),
    [session.session_id, signals],
  );
  return <StepList items={items} player={player} empty={sessionWords.none.signals} />;
}

function Events({ page, player }: ListProps) {
  const items = useMemo(() => {
    const events = page.events.filter((event) => !NOISE.has(event.type)).map(eventItem);
    const signals = page.signals.map((s): StepItem => ({ at_ms: s.at_ms, sign: <CauseGlyph cause={s.cause} signal={s.type} size={14} named />, text: s.label, detail: null, isStrong: true }));
    return [...events, ...signals].sort((a, b) => a.at_ms - b.at_ms);
  }, [page]);
  return (
    <>
      <StepList items={items} player={player} empty={sessionWords.none.events} />
      {page.truncated && <p className="quiet">{sessionWords.truncated}</p>}
    </>
  );
}

function Network({ calls, player }: { calls: readonly CallRow[]; player: Player }) {
  const items = useMemo(() => calls.map(callItem).sort((a, b) => a.at_ms - b.at_ms), [calls]);
  return <StepList items={items} player={player} empty={sessionWords.none.network} />;
}

function Console({ page, player }: ListProps) {
  const items = useMemo(
    () => page.errors.map((e): StepItem => ({ at_ms: e.at_ms, sign: <CauseGlyph cause="fail" signal="js_error" size={14} named />, text: sessionWords.times(e.message, e.count), detail: e.screen, code: e.stack, more: e.group && <ErrorLink group={e.group} className="number-link">{errorWords.open}</ErrorLink> })).sort((a, b) => a.at_ms - b.at_ms),
    [page],
  );
  return <StepList items={items} player={player} empty={sessionWords.none.console} />;
}
