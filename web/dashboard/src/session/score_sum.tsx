// The score as a sum: 100, each issue with its points as integers, a double rule, the score.
import { clock } from "../format";
import { CauseGlyph } from "../parts/glyphs";
import { LossBar } from "../parts/loss_bar";
import { BandSign, bandOf } from "../parts/score_mark";
import type { Issue, SessionPage } from "../types";
import { causeOfSignal, coverageWords, words } from "../words";
import type { Player } from "./player";

const TIMES_SHOWN = 2;

export function ScoreSum({ page: { score, session }, player }: { page: SessionPage; player: Player }) {
  if (score.score === null) {
    return (
      <div className="score-sum">
        <p className="hero small">
          <b>–</b> <span className="tag">{words.band.none}</span>
        </p>
        <p>{words.session.notScored}</p>
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
          <span className="hero-range">{words.session.between(Math.round(score.low), Math.round(score.high))}</span>
        )}
      </p>
      <LossBar score={score.exact ?? score.score} lost={session.points_by_cause} height={12} />
      <ol className="sum">
        <li className="sum-start">
          <span>{words.session.start}</span>
          <span>100</span>
        </li>
        {score.issues.map((issue, index) => (
          <IssueRow key={index} issue={issue} player={player} />
        ))}
        <li className="sum-total">
          <span>{words.session.panel.score}</span>
          <b>{score.score}</b>
        </li>
      </ol>
      {!score.is_final && <p className="quiet">{words.session.provisional}</p>}
      <Measured coverage={score.coverage} version={score.version} />
    </div>
  );
}

function IssueRow({ issue, player }: { issue: Issue; player: Player }) {
  const cause = issue.cause ?? causeOfSignal(issue.type);
  const times = issue.at_ms.slice(0, TIMES_SHOWN);
  const more = issue.at_ms.length - times.length;
  return (
    <li>
      <span className="sum-sign">{issue.type !== "minor" && <CauseGlyph cause={cause} signal={issue.type} size={15} named />}</span>
      <span className="sum-text">
        <b>{issue.label}</b>
        {issue.detail && <small>{issue.detail}</small>}
      </span>
      <span className="sum-points">
        <b>{issue.points_int > 0 ? `−${issue.points_int}` : "0"}</b>
        <small>
          {times.map((at, index) => (
            <span key={index}>
              {index > 0 && ", "}
              <button type="button" className="time-link" onClick={() => player.seek(at)}>
                {clock(at)}
              </button>
            </span>
          ))}
          {more > 0 && ` +${more}`}
        </small>
      </span>
    </li>
  );
}

function Measured({ coverage, version }: { coverage: Record<string, unknown> | null; version: number | string | null }) {
  const measured = coverageWords(coverage);
  return (
    <p className="quiet">
      {measured && words.session.measured(measured)} {version !== null && words.session.version(String(version))}
    </p>
  );
}
