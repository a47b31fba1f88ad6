// Where the lost points go: the loss bar, and one row per cause. Shown points are rounded so that they add up to 100 − score.
import { count, groupScore, points, roundToSum, signed } from "../format";
import { CauseGlyph } from "../parts/glyphs";
import { Card } from "../parts/card";
import { Change } from "../parts/change";
import { isComparable } from "../parts/comparable";
import { LossBar } from "../parts/loss_bar";
import { Nothing } from "../parts/states";
import { SessionsLink } from "../place";
import { CAUSES, type Cause } from "../theme";
import type { ByCause, CauseRow, Overview } from "../types";
import { overviewWords } from "../overview_words";
import { words } from "../words";

export function LostPoints({ overview, stale }: { overview: Overview; stale: boolean }) {
  const { score, causes } = overview;
  if (score === null) {
    return (
      <Card title={overviewWords.columns.points} className="tall" stale={stale}>
        <Nothing title={words.band.none} text={overviewWords.notScoredSub} />
      </Card>
    );
  }
  const shownScore = groupScore(score);
  const shownLost = (100 - Number(shownScore)).toFixed(1);
  const rows = CAUSES.map((cause) => causes.find((row) => row.cause === cause)).filter((row) => row !== undefined);
  const shown = roundToSum(rows.map((row) => row.points), Number(shownLost), 1);
  const lost: ByCause = Object.fromEntries(rows.map((row) => [row.cause, row.points]));
  const most = Math.max(0.1, ...rows.map((row) => row.points));
  return (
    <Card title={overviewWords.lost(shownLost)} sub={overviewWords.sum(shownLost, shownScore)} className="tall" stale={stale}>
      <LossBar score={score} lost={lost} />
      <p className="bar-ends">
        <span>{overviewWords.kept(shownScore)}</span>
        <span>{overviewWords.lostShort(shownLost)}</span>
      </p>
      <table className="causes">
        <thead>
          <tr>
            <th scope="col">{overviewWords.columns.cause}</th>
            <th className="cause-bar" aria-hidden="true" />
            <th scope="col">{overviewWords.columns.points}</th>
            <th scope="col" className="wide-only">
              {overviewWords.columns.change}
            </th>
            <th scope="col">{overviewWords.columns.gain}</th>
            <th scope="col" className="wide-only">
              {overviewWords.columns.sessions}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) =>
            row.measured === false ? (
              <UnmeasuredRow key={row.cause} cause={row.cause} />
            ) : (
              <Row key={row.cause} row={row} isCompared={isComparable(overview)} shown={shown[index] ?? 0} most={most} />
            ),
          )}
        </tbody>
      </table>
      <p className="quiet">{overviewWords.gainNote}</p>
    </Card>
  );
}

function Name({ cause, sub }: { cause: Cause; sub: string }) {
  return (
    <th scope="row">
      <span className="cause-name">
        <CauseGlyph cause={cause} />
        <span>
          {words.cause[cause].label}
          <small>{sub}</small>
        </span>
      </span>
    </th>
  );
}

/** A cause without a detector: its zeros would look like a measurement. */
function UnmeasuredRow({ cause }: { cause: Cause }) {
  return (
    <tr className="calm unmeasured">
      <Name cause={cause} sub={overviewWords.unmeasured} />
      <td className="cause-bar" />
      <td />
      <td className="wide-only" />
      <td />
      <td className="wide-only" />
    </tr>
  );
}

function Row({ row, isCompared, shown, most }: { row: CauseRow; isCompared: boolean; shown: number; most: number }) {
  return (
    <tr className={row.points === 0 ? "calm" : ""}>
      <Name cause={row.cause} sub={words.cause[row.cause].sub} />
      <td className="cause-bar" aria-hidden="true">
        <span style={{ width: `${(100 * row.points) / most}%`, background: `var(--${row.cause})` }} />
      </td>
      <td>
        {row.sessions > 0 ? (
          <SessionsLink search={{ cause: row.cause, sort: "score", order: "asc" }} label={`${words.cause[row.cause].label}: ${points(shown)}, ${overviewWords.watch(row.sessions)}`}>
            <b>{points(shown)}</b>
          </SessionsLink>
        ) : (
          <b>{points(shown)}</b>
        )}
      </td>
      <td className="wide-only">
        <Change now={row.points} before={isCompared ? row.points_before : null} meaning="more hurts" />
      </td>
      <td>{row.gain_if_fixed >= 0.05 ? signed(row.gain_if_fixed) : "–"}</td>
      <td className="wide-only">{row.sessions > 0 ? <SessionsLink search={{ cause: row.cause }}>{count(row.sessions)}</SessionsLink> : "0"}</td>
    </tr>
  );
}
