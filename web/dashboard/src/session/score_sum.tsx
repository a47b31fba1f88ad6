// The score as a sum: 100, each issue with its points as integers, a double rule, the score.
import { useMemo, useState } from "react";
import { Tooltip } from "../controls/tooltip";
import { clock } from "../format";
import { CauseGlyph } from "../parts/glyphs";
import { LossBar } from "../parts/loss_bar";
import { BandSign, bandOf } from "../parts/score_mark";
import { listSearch } from "../list_search";
import { ApiLink, ExplainLink, useSearchState, useUnmeasured } from "../place";
import type { Issue, SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { causeOfSignal, words } from "../words";
import { askedIssueAt } from "./asked_issue";
import { useClock } from "./clock";
import { issueAt, spansOf, useLit, type Lit } from "./lit";
import type { Player } from "./player";
import { show } from "./show";
import { coverageWords, issueDetail, unjudgedWords } from "./said";

const TIMES_SHOWN = 2;

/** An issue stays lit for this long after the playhead has passed it. */
const LIT_MS = 2_000;

export function ScoreSum({ page, player, lit }: { page: SessionPage; player: Player; lit: Lit }) {
  const { score, session } = page;
  const spans = useMemo(() => spansOf(page), [page]);
  const now = useClock(player.clock, 250) + 250;
  // What one came for goes before what happens to begin beside it.
  const wanted = askedIssueAt(page, listSearch(useSearchState()), now, LIT_MS);
  const playing = wanted === undefined ? issueAt(spans, now, LIT_MS) : wanted;
  const pointed = useLit(lit);
  if (score.score === null) {
    return (
      <div className="score-sum">
        <p className="hero small">
          <b>–</b> <span className="tag">{words.band.none}</span>
        </p>
        <p>{sessionWords.notScored}</p>
        <Measured coverage={score.coverage} version={score.version} />
      </div>
    );
  }
  const band = bandOf(score.score);
  return (
    <div className="score-sum">
      <p className="hero small">
        <b>{score.score}</b>
        <span className="hero-band">
          <BandSign band={band} size={11} /> {words.band[band]}
          {!score.is_final && ` ${words.score.soFar}`}
        </span>
        {score.low !== null && score.high !== null && Math.round(score.low) !== Math.round(score.high) && (
          <Range low={Math.round(score.low)} high={Math.round(score.high)} />
        )}
      </p>
      <LossBar score={score.exact ?? score.score} lost={session.points_by_cause} height={12} />
      <ol className="sum">
        <li className="sum-start">
          <span>{sessionWords.start}</span>
          <span>100</span>
        </li>
        {score.issues.map((issue, index) => (
          <IssueRow key={index} issue={issue} player={player} isLit={index === (pointed ?? playing)} onPoint={(on) => lit.set(on ? index : null)} />
        ))}
        <li className="sum-total">
          <span>{sessionWords.panel.score}</span>
          <b>{score.score}</b>
        </li>
      </ol>
      {!score.is_final && <p className="quiet">{sessionWords.provisional}</p>}
      <Measured coverage={score.coverage} version={score.version} />
    </div>
  );
}

/** The score's range, with what it means. */
function Range({ low, high }: { low: number; high: number }) {
  return (
    <Tooltip label={sessionWords.betweenWhy(low, high)} width={240} onTouch>
      <span className="hero-range" tabIndex={0}>
        {sessionWords.between(low, high)}
      </span>
    </Tooltip>
  );
}

interface IssueProps {
  issue: Issue;
  player: Player;
  isLit: boolean;
  /** It is pointed at, or holds the focus; or no more. */
  onPoint: (on: boolean) => void;
}

function IssueRow({ issue, player, isLit, onPoint }: IssueProps) {
  const cause = issue.cause ?? causeOfSignal(issue.type);
  const [isOpen, setOpen] = useState(false);
  const times = isOpen ? issue.at_ms : issue.at_ms.slice(0, TIMES_SHOWN);
  const more = issue.at_ms.length - times.length;
  const detail = issueDetail(issue);
  return (
    <li data-lit={isLit || undefined} onPointerEnter={() => onPoint(true)} onPointerLeave={() => onPoint(false)} onFocus={() => onPoint(true)} onBlur={() => onPoint(false)}>
      <span className="sum-sign">{issue.type !== "minor" && <CauseGlyph cause={cause} signal={issue.type} size={15} named />}</span>
      <span className="sum-text">
        <b>{issue.label}</b>
        {detail && <small>{detail}</small>}
        {issue.api !== null && <small><ApiLink api={issue.api} className="number-link">{sessionWords.openApi}</ApiLink></small>}
      </span>
      <span className="sum-points">
        <b>{issue.points_int > 0 ? `−${issue.points_int}` : "0"}</b>
        <small>
          {times.map((at, index) => (
            <span key={index}>
              {index > 0 && ", "}
              <button type="button" className="time-link" onClick={() => show(player, at)}>
                {clock(at)}
              </button>
            </span>
          ))}
          {more > 0 && (
            <button type="button" className="time-link more-times" aria-label={sessionWords.moreTimes(more)} title={sessionWords.moreTimes(more)} onClick={() => setOpen(true)}>
              +{more}
            </button>
          )}
        </small>
      </span>
    </li>
  );
}

function Measured({ coverage, version }: { coverage: Record<string, unknown> | null; version: number | string | null }) {
  const measured = coverageWords(coverage);
  const unjudged = unjudgedWords(useUnmeasured());
  return (
    <p className="quiet">
      {measured && sessionWords.measured(measured)} {unjudged} {version !== null && sessionWords.version(String(version))}{" "}
      <ExplainLink to="/p/$project/score">{sessionWords.howWorked}</ExplainLink>
    </p>
  );
}
