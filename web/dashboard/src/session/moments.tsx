// Likely moments, in words and with their evidence; an estimate of the moment, not of the person. Where a moment rests on a
// signal, that signal can be judged beside it.
import { lazy, Suspense, useMemo } from "react";
import { clock } from "../format";
import { Card } from "../parts/card";
import { MomentLine } from "../parts/glyphs";
import { momentEvidence, momentName } from "../parts/moment_said";
import type { MomentRow, SessionPage, SignalRow } from "../types";
import { sessionWords } from "../session_words";
import { useClock } from "./clock";
import { tellingMoments } from "./lanes";
import { judgedBy } from "./moment_signal";
import { lastBefore } from "./step_list";
import type { Player } from "./player";
import { show } from "./show";

const Verdict = lazy(() => import("../verdicts/verdict").then((part) => ({ default: part.Verdict })));

/** A moment stays lit for this long after the playhead has passed it. */
const LIT_MS = 15_000;

interface MomentsProps {
  page: SessionPage;
  player: Player;
}

export function Moments({ page: { session, moments, signals }, player }: MomentsProps) {
  const at = useClock(player.clock, 500);
  const ordered = useMemo(() => [...moments].sort((a, b) => a.at_ms - b.at_ms), [moments]);
  const judged = useMemo(() => judgedBy(moments, signals), [moments, signals]);
  const index = lastBefore(ordered, at + 500);
  const lit = ordered[index];
  return (
    <Card title={sessionWords.moments} sub={sessionWords.momentsSub}>
      {ordered.length === 0 && <p className="quiet">{sessionWords.none.moments}</p>}
      <ol className="moment-list">
        {ordered.map((moment, i) => (
          <li key={i} className={i === index && lit && at - lit.at_ms < LIT_MS ? "lit" : ""}>
            <Line moment={moment} signal={judged.get(moment)} sessionId={session.session_id} onGo={() => player.seek(moment.at_ms)} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** On a phone, under the controls: the one moment that is nearest to the playhead. Nothing where no moment says something. */
export function MomentNow({ page: { session, moments, signals }, player }: MomentsProps) {
  const at = useClock(player.clock, 500);
  const telling = useMemo(() => tellingMoments(moments), [moments]);
  const judged = useMemo(() => judgedBy(moments, signals), [moments, signals]);
  const moment = nearestMoment(telling, at);
  if (!moment) return null;
  return (
    <section className="card moment-now" aria-label={sessionWords.atPlayhead}>
      <Line key={telling.indexOf(moment)} moment={moment} signal={judged.get(moment)} sessionId={session.session_id} onGo={() => show(player, moment.at_ms)} />
    </section>
  );
}

/** The last one that the playhead has reached, before the first the first. `moments` in any order. */
export function nearestMoment<T extends { at_ms: number }>(moments: readonly T[], at: number): T | undefined {
  const ordered = [...moments].sort((a, b) => a.at_ms - b.at_ms);
  return ordered[Math.max(0, lastBefore(ordered, at + 500))];
}

interface LineProps {
  moment: MomentRow;
  signal: SignalRow | undefined;
  sessionId: string;
  onGo: () => void;
}

function Line({ moment, signal, sessionId, onGo }: LineProps) {
  return (
    <>
      <MomentLine emotion={moment.emotion} size={22} />
      <span title={moment.sentence}>
        {momentName(moment)}
        {moment.evidence.length > 0 && <small>{momentEvidence(moment)}</small>}
        {signal && (
          <span className="moment-verdict">
            <small>{sessionWords.restsOn(signal.label)}</small>
            <Suspense fallback={<span className="verdicts-wait" />}>
              <Verdict key={`${signal.type} ${signal.started_at}`} one={{ ...signal, session_id: sessionId }} />
            </Suspense>
          </span>
        )}
      </span>
      <button type="button" className="time-link" onClick={onGo}>
        {clock(moment.at_ms)}
      </button>
    </>
  );
}
