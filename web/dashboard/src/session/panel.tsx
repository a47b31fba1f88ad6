// The panel beside the replay: the score as a sum, and the events, calls and errors in step with the replay.
import { useMemo } from "react";
import { duration } from "../format";
import { Fence } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import { SegmentedControl } from "../controls/segmented";
import { ErrorLink, useChangeSearch, useSearchState } from "../place";
import { PANELS, type Panel as PanelName } from "../search";
import type { CallRow, EventRow, SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { errorWords } from "../error_words";
import { causeOfSignal } from "../words";
import { latency, SLOW_MS } from "./lanes";
import { eventWords } from "./said";
import { StepList, type StepItem } from "./step_list";
import type { Player } from "./player";
import { ScoreSum } from "./score_sum";

/** Event types that say nothing to a reader of the list: they come many times a second. */
const NOISE = new Set(["pointer", "scroll", "resize"]);

export function Panel({ page, player }: { page: SessionPage; player: Player }) {
  const { panel = "score" } = useSearchState();
  const change = useChangeSearch();
  return (
    <section className="card panel" aria-label={sessionWords.panel.label}>
      <SegmentedControl className="panel-tabs" value={panel} onChange={(value) => change({ panel: value === "score" ? undefined : (value as PanelName) }, true)} data={PANELS.map((name) => ({ value: name, label: sessionWords.panel[name] }))} />
      <Fence key={panel}>
        {panel === "score" && <ScoreSum page={page} player={player} />}
        {panel === "events" && <Events page={page} player={player} />}
        {panel === "network" && <Network calls={page.calls} player={player} />}
        {panel === "console" && <Console page={page} player={player} />}
      </Fence>
    </section>
  );
}

export function eventItem(event: EventRow): StepItem {
  const isDead = event.type === "click" && event.answered === false;
  const answer = event.type !== "click" ? null : isDead ? sessionWords.unanswered : event.response_ms !== null ? sessionWords.answered(duration(event.response_ms)) : null;
  return {
    at_ms: event.at_ms,
    sign: isDead ? <CauseGlyph cause="noans" signal="dead_click" size={14} /> : null,
    text: eventWords(event),
    detail: answer,
  };
}

export function callItem(call: CallRow): StepItem {
  const took = duration(latency(call));
  const signal = call.failed ? "failed_request" : call.unfinished ? "unfinished_wait" : latency(call) >= SLOW_MS ? "slow_api" : null;
  const status = call.unfinished ? sessionWords.unfinished(took) : `${call.status === 0 ? sessionWords.network : call.status}, ${took}`;
  return {
    at_ms: call.at_ms,
    sign: signal && <CauseGlyph cause={causeOfSignal(signal)} signal={signal} size={14} named />,
    text: call.api,
    detail: status,
  };
}

function Events({ page, player }: { page: SessionPage; player: Player }) {
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

function Console({ page, player }: { page: SessionPage; player: Player }) {
  const items = useMemo(
    () => page.errors.map((e): StepItem => ({ at_ms: e.at_ms, sign: <CauseGlyph cause="fail" signal="js_error" size={14} named />, text: sessionWords.times(e.message, e.count), detail: e.screen, code: e.stack, more: e.group && <ErrorLink group={e.group} className="number-link">{errorWords.open}</ErrorLink> })).sort((a, b) => a.at_ms - b.at_ms),
    [page],
  );
  return <StepList items={items} player={player} empty={sessionWords.none.console} />;
}
