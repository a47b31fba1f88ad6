// What the same sessions scored under former versions of detectors and numbers.
import { count, dateTime, groupScore, signed } from "../format";
import { Card } from "../parts/card";
import { NoneLine } from "../parts/none_left";
import { SessionsLink } from "../place";
import { filterSearch } from "../search";
import type { ScoreSummary, VersionRow } from "../types";
import { scoreWords } from "../score_words";

const { versions } = scoreWords;

export function VersionsCard({ summary, stale }: { summary: ScoreSummary; stale: boolean }) {
  return (
    <Card title={versions.title} sub={versions.sub} stale={stale}>
      {summary.versions.length === 0 ? (
        <NoneLine text={versions.none} />
      ) : (
        <table className="score-table">
          <thead>
            <tr>
              <th scope="col">{versions.columns.version}</th>
              <th scope="col">{versions.columns.sessions}</th>
              <th scope="col">{versions.columns.before}</th>
              <th scope="col">{versions.columns.after}</th>
              <th scope="col">{versions.columns.difference}</th>
            </tr>
          </thead>
          <tbody>
            {summary.versions.map((row) => (
              <Row key={row.version} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Row({ row }: { row: VersionRow }) {
  const { before, after, difference } = row;
  return (
    <tr>
      <th scope="row">
        <span title={row.version}>{row.version.slice(0, 10)}</span>
        <small>{versions.replaced(dateTime(row.replaced_at))}</small>
      </th>
      <td>
        <SessionsLink search={filterSearch(row.filter)} label={`${row.version.slice(0, 10)}: ${scoreWords.sessions(row.sessions)}`}>
          {count(row.sessions)}
        </SessionsLink>
      </td>
      <td>{before === null ? "–" : groupScore(before)}</td>
      <td title={versions.compared(row.compared)}>{after === null ? "–" : groupScore(after)}</td>
      <td>
        {before === null || after === null ? "–" : signed(after - before)}
        {difference && <small> ({signed(difference.low)} … {signed(difference.high)})</small>}
      </td>
    </tr>
  );
}
