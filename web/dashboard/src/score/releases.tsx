// Releases, newest first, each against the one before: a verdict only where the interval allows one.
import { count, dateTime, points, signed } from "../format";
import { Card } from "../parts/card";
import { CsvButton } from "../parts/csv_button";
import { LostBar } from "../parts/loss_bar";
import { NoneLine } from "../parts/none_left";
import { GroupMark } from "../parts/score_mark";
import { ExplainLink, SessionsLink, useSearchState } from "../place";
import { filterSearch } from "../search";
import type { ReleaseRow, ScoreSummary } from "../types";
import { scoreWords } from "../score_words";

const { releases } = scoreWords;
const CSV_HEADER = ["release", "first_seen", "sessions", "scored", "score", "against", "difference", "low", "high", "verdict"];

export function ReleasesCard({ summary, stale }: { summary: ScoreSummary; stale: boolean }) {
  const rows = summary.releases;
  const most = Math.max(0, ...rows.map((row) => 100 - (row.score ?? 100)));
  const widest = Math.max(1, ...rows.flatMap(({ difference }) => (difference ? [Math.abs(difference.low), Math.abs(difference.high)] : [])));
  const isUnknown = rows.every((row) => row.release === "");
  const csv = () => rows.map((row) => [row.release, row.first_seen, row.sessions, row.scored, row.score, row.against, row.difference?.value ?? null, row.difference?.low ?? null, row.difference?.high ?? null, row.verdict]);
  return (
    <Card title={releases.title} sub={releases.sub(summary.min_side)} stale={stale} side={<CsvButton name="releases" title={releases.csv} header={CSV_HEADER} rows={csv} />}>
      {isUnknown && <NoneLine text={releases.none} />}
      <table className="score-table">
        <thead>
          <tr>
            <th scope="col">{releases.columns.release}</th>
            <th scope="col" className="col-verdict">{releases.columns.verdict}</th>
            <th scope="col">{releases.columns.score}</th>
            <th scope="col" className="col-lost">{releases.columns.lost}</th>
            <th scope="col" className="col-difference">{releases.columns.difference}</th>
            <th scope="col">{releases.columns.sessions}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.release} row={row} most={most} widest={widest} />
          ))}
        </tbody>
      </table>
      {summary.release_count > rows.length && <p className="quiet">{releases.further(summary.release_count - rows.length)}</p>}
    </Card>
  );
}

function Row({ row, most, widest }: { row: ReleaseRow; most: number; widest: number }) {
  const name = row.release || releases.unknown;
  // The page is already about this release.
  const isAlone = useSearchState().release === row.release;
  const lost = 100 - (row.score ?? 100);
  return (
    <tr>
      <th scope="row">
        <b>{name}</b>
        <small>{releases.since(dateTime(row.first_seen))}</small>
        {!isAlone && row.scored > 0 && (
          <small>
            <ExplainLink to="/p/$project/score" search={{ ...filterSearch(row.filter), issues_by: "element" }} label={releases.reasonsOf(name)}>
              {releases.reasons}
            </ExplainLink>
          </small>
        )}
      </th>
      <td className="col-verdict">
        <span className={`verdict-pill ${row.verdict}`}>{releases.verdict[row.verdict]}</span>
      </td>
      <td>
        <GroupMark score={row.score} n={row.scored} />
      </td>
      <td className="col-lost">
        <span className="lost-pair">
          {row.score === null ? <span /> : <LostBar lost={row.points_by_cause} total={lost} most={most} />} {row.score === null ? "–" : points(lost)}
        </span>
      </td>
      <td className="col-difference">
        <Difference row={row} widest={widest} />
      </td>
      <td>
        <SessionsLink search={filterSearch(row.filter)} label={`${name}: ${scoreWords.sessions(row.sessions)}`}>
          {count(row.sessions)}
        </SessionsLink>
      </td>
    </tr>
  );
}

/** A dot with whiskers about zero, on one scale for all rows. */
function Difference({ row: { difference, against, verdict }, widest }: { row: ReleaseRow; widest: number }) {
  if (!difference || against === null) return <span className="quiet">–</span>;
  const at = (value: number) => 50 + (48 * value) / widest;
  const said = releases.difference(difference.value, difference.low, difference.high, against);
  return (
    <span className="difference" role="img" aria-label={said} title={said}>
      <span className={`whiskers ${verdict}`}>
        <i className="zero" />
        <i className="whisker" style={{ left: `${at(difference.low)}%`, width: `${at(difference.high) - at(difference.low)}%` }} />
        <i className="middle" style={{ left: `${at(difference.value)}%` }} />
      </span>
      {signed(difference.value)}
    </span>
  );
}
