// Live: who is there now, what each does, what goes wrong. New rows wait behind a button, so that nothing jumps.
import "../styles/admin.css";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../controls/button";
import { clock } from "../format";
import { keepPlaces } from "../live/order";
import { liveQuery } from "../live/queries";
import { liveWords } from "../live_words";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { DeviceIcon } from "../parts/device_icon";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { CauseGlyph, HARMLESS } from "../parts/glyphs";
import { MiniTimeline } from "../parts/mini_timeline";
import { ScoreMark } from "../parts/score_mark";
import { sessionLine } from "../parts/session_line";
import { Nothing } from "../parts/states";
import { SessionLink, useProject, useSearchState } from "../place";
import { SEGMENT } from "../search";
import type { LivePage, LiveRow } from "../types";
import { causeOfSignal, signalName, words } from "../words";

export function Page() {
  const slug = useProject();
  const search = useSearchState();
  const [isPaused, setPaused] = useState(false);
  const live = useQuery(liveQuery(slug, search.bots === 1, isPaused));
  const firstRun = useFirstRun(slug, live.data?.total === 0);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  const isNarrowed = SEGMENT.some((name) => name !== "bots" && search[name] !== undefined);
  return (
    <div className="page live">
      <title>{`${liveWords.title} · ${words.product}`}</title>
      <header className="live-head">
        <div className="page-head">
          <h1>{liveWords.title}</h1>
          {live.data && <p>{liveWords.population(live.data.total)}</p>}
        </div>
        <Button aria-pressed={isPaused} leftSection={isPaused ? <IconPlayerPlay size={15} stroke={1.7} /> : <IconPlayerPause size={15} stroke={1.7} />} onClick={() => setPaused(!isPaused)}>
          {isPaused ? liveWords.go : liveWords.pause}
        </Button>
      </header>
      {isNarrowed && <p className="callout warn">{liveWords.segment}</p>}
      <Answer to={live} title={liveWords.title}>
        {(page) => <Rows page={page} />}
      </Answer>
      <p className="quiet">
        {liveWords.privacy} {live.data && liveWords.asOf(new Date(live.data.as_of).toLocaleTimeString("en-GB"))}
      </p>
    </div>
  );
}

function Rows({ page }: { page: LivePage }) {
  const ids = page.rows.map((row) => row.session.session_id);
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const { shown, waiting } = keepPlaces(held, ids);
  if (held === null || shown.join() !== held.join()) setHeld(shown);
  if (page.total === 0) {
    return (
      <Card>
        <Nothing title={liveWords.none} text={liveWords.noneSub} />
      </Card>
    );
  }
  const rows = shown.flatMap((id) => page.rows.filter((row) => row.session.session_id === id));
  return (
    <section className="card" aria-label={liveWords.title}>
      <p role="status">
        {waiting > 0 && (
          <Button className="live-new" onClick={() => setHeld(ids)}>
            {liveWords.arrived(waiting)}
          </Button>
        )}
      </p>
      <table className="plain-table live-table">
        <thead>
          <tr>
            <th scope="col">{liveWords.columns.session}</th>
            <th scope="col">{liveWords.columns.doing}</th>
            <th scope="col" className="bar-cell">
              <span className="sr">{liveWords.columns.session}</span>
            </th>
            <th scope="col">{liveWords.columns.signals}</th>
            <th scope="col" className="number">{liveWords.columns.score}</th>
            <th scope="col" className="number">{liveWords.columns.length}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.session.session_id} row={row} asOf={page.as_of} />
          ))}
        </tbody>
      </table>
      {page.total > page.rows.length && <p className="quiet">{liveWords.more(page.total - page.rows.length)}</p>}
    </section>
  );
}

function Row({ row, asOf }: { row: LiveRow; asOf: string }) {
  const { session, action, screen } = row;
  const end = Math.floor(session.duration_ms / 1000);
  const agoS = (Date.parse(asOf) - Date.parse(action?.at ?? session.ended_at)) / 1000;
  // Repeated clicks that were no rage say nothing, as in the list.
  const signals = row.recent_signals.filter((type) => type !== HARMLESS);
  const name = session.user?.external_user_id ?? session.title;
  return (
    <tr>
      <td className="live-session">
        <SessionLink sessionId={session.session_id} search={{ t: Math.max(0, end - 10) }} className="row-link" label={liveWords.watch(name)}>
          {name}
        </SessionLink>
        <small className="row-line">
          <DeviceIcon type={session.device_type} size={15} /> {sessionLine(session)}
        </small>
      </td>
      <td className="live-doing">
        {action ? liveWords.action(action.type, action.label ?? action.element_id ?? "") : "–"}
        <small>
          {screen && liveWords.on(screen)} {liveWords.ago(Math.max(0, agoS))}
        </small>
      </td>
      <td className="bar-cell">
        <MiniTimeline row={session} />
      </td>
      <td className="live-signals">
        {signals.length ? (
          <ul className="signs">
            {signals.map((type) => (
              <li key={type}>
                <CauseGlyph cause={causeOfSignal(type)} signal={type} size={14} /> {signalName(type)}
              </li>
            ))}
          </ul>
        ) : (
          <span className="quiet">{liveWords.quiet}</span>
        )}
      </td>
      <td className="number live-score">
        <ScoreMark score={session.score} band={session.score_band} isFinal />
      </td>
      <td className="number live-length">{clock(session.duration_ms)}</td>
    </tr>
  );
}
