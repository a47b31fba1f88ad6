// Issues ranked by what they cost: a place and a cause each, what the score would be without it, and its sessions.
import { useQuery } from "@tanstack/react-query";
import { SegmentedControl } from "../controls/segmented";
import { count, elementName, groupScore, points, signed } from "../format";
import { Answer } from "../parts/answer";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { CsvButton } from "../parts/csv_button";
import { CauseGlyph } from "../parts/glyphs";
import { NoneLine } from "../parts/none_left";
import { ApiLink, ExplainLink, SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { filterSearch, ISSUES_BY, type IssuesBy } from "../search";
import type { IssueList, IssueRow } from "../types";
import { overviewWords } from "../overview_words";
import { scoreWords } from "../score_words";
import { words } from "../words";
import { issuesQuery } from "./queries";

const { issues: said } = scoreWords;
/** A gain that is written as nothing is none to speak of. */
const LEAST_GAIN = 0.05;

const keyOf = (row: IssueRow) => `${row.name} ${row.screen ?? ""} ${row.cause}`;

export function IssuesCard() {
  const { issues_by: by = "screen" } = useSearchState();
  const change = useChangeSearch();
  const asked = [useProject(), useSearchState(), usePeriod(), by] as const;
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(issuesQuery(...asked, false));
  const gains = useQuery(issuesQuery(...asked, true));
  // What was counted of another period or place says nothing of these rows.
  const gainOf = gains.isPlaceholderData ? new Map<string, number | null>() : new Map(gains.data?.rows.map((row) => [keyOf(row), row.gain_if_fixed]));
  const csv = () => (data?.rows ?? []).map((row) => [row.name, row.screen, row.cause, row.points, gainOf.get(keyOf(row)) ?? null, row.sessions]);
  return (
    <Card title={said.title} sub={said.sub} stale={stale} side={<CsvButton name={`score-issues-${by}`} title={said.csv} header={["name", "screen", "cause", "points_per_session", "gain_if_fixed", "sessions"]} rows={csv} />}>
      <SegmentedControl className="by-switch" aria-label={said.label} value={by} onChange={(value) => change({ issues_by: ISSUES_BY.find((one) => one === value) })} data={ISSUES_BY.map((value) => ({ value, label: said[value] }))} />
      <Answer to={{ data, error, refetch }} blocks={Array.from({ length: 8 }, () => ["100%", 40] as const)}>
        {(list) => (list.rows.length === 0 ? <NoneLine text={said.none} /> : <Table list={list} gainOf={gainOf} isCounting={gains.isPending || gains.isPlaceholderData} />)}
      </Answer>
      {gains.error && !gains.data && <p className="quiet" role="alert">{said.failed}</p>}
    </Card>
  );
}

interface TableProps {
  list: IssueList;
  gainOf: ReadonlyMap<string, number | null>;
  isCounting: boolean;
}

function Table({ list: { rows, row_count, score, by }, gainOf, isCounting }: TableProps) {
  const most = Math.max(...rows.map((row) => row.points));
  return (
    <>
      <table className="score-table issues-table">
        <thead>
          <tr>
            <th scope="col">{said.columns.issue}</th>
            <th className="col-lost" aria-hidden="true" />
            <th scope="col">{said.columns.points}</th>
            <th scope="col">{said.columns.gain}</th>
            <th scope="col">{said.columns.sessions}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row"><Name row={row} by={by} /></th>
              <td className="col-lost" aria-hidden="true">
                <span className="plain-bar">
                  <i style={{ width: `${(100 * row.points) / most}%`, background: `var(--${row.cause})` }} />
                </span>
              </td>
              <td><b>{points(-row.points)}</b></td>
              <td><Gain gain={gainOf.get(keyOf(row)) ?? null} score={score} isCounting={isCounting} /></td>
              <td>
                <SessionsLink search={{ ...filterSearch(row.filter), sort: "score", order: "asc" }} label={`${words.cause[row.cause].label}, ${nameOf(row, by)}: ${scoreWords.sessions(row.sessions)}`}>
                  {count(row.sessions)}
                </SessionsLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet issues-note">{row_count > rows.length && `${said.shown(rows.length, row_count)}. `}{said.note}</p>
    </>
  );
}

function nameOf(row: IssueRow, by: IssuesBy): string {
  return by === "element" ? overviewWords.element(elementName(row.name, row.label), row.screen) : row.name;
}

/** The cause, and the place as a link to the page that explains it; an element of no known screen has none. */
function Name({ row, by }: { row: IssueRow; by: IssuesBy }) {
  const place = <Breakable name={nameOf(row, by)} />;
  const linked = "place-name row-link";
  return (
    <span className="cause-name">
      <CauseGlyph cause={row.cause} />
      <span>
        {by === "api" ? <ApiLink api={row.name} className={linked}>{place}</ApiLink> : by === "screen" ? <ExplainLink to="/p/$project/screens" search={{ on: row.name }} className={linked}>{place}</ExplainLink> : row.screen ? <ExplainLink to="/p/$project/heatmaps" search={{ on: row.screen, element: row.name }} className={linked}>{place}</ExplainLink> : place}
        <small>{words.cause[row.cause].label}</small>
      </span>
    </span>
  );
}

/** What fixing an issue gains, and the mean score that there would then be. */
function Gain({ gain, score, isCounting }: { gain: number | null; score: number | null; isCounting: boolean }) {
  if (gain === null || score === null) return <span className="quiet">{isCounting ? said.counting : "–"}</span>;
  return (
    <>
      {gain >= LEAST_GAIN ? signed(gain) : "–"}
      <small>{said.without(groupScore(score + gain))}</small>
    </>
  );
}
