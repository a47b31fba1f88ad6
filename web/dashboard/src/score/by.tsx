// The score by one dimension: screens, APIs, elements, releases, devices; averages of session scores.
import { useQuery } from "@tanstack/react-query";
import { count, elementName, points } from "../format";
import { Answer } from "../parts/answer";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { CsvButton } from "../parts/csv_button";
import { NoneLine } from "../parts/none_left";
import { GroupMark } from "../parts/score_mark";
import { SegmentedControl } from "../controls/segmented";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { filterSearch, SCORE_BY } from "../search";
import type { ScoreRow } from "../types";
import { overviewWords } from "../overview_words";
import { scoreWords } from "../score_words";
import { words } from "../words";
import { scoreByQuery } from "./queries";

const { by: said } = scoreWords;

export function ByCard() {
  const { score_by: by = "screen" } = useSearchState();
  const change = useChangeSearch();
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(scoreByQuery(useProject(), useSearchState(), usePeriod(), by));
  const nameOf = (row: ScoreRow) => {
    if (by === "device") return words.device[row.name] ?? (row.name || said.unknown);
    return by === "element" ? overviewWords.element(elementName(row.name, row.label), row.screen) : row.name || said.unknown;
  };
  /** Places list who lost points there, the others everybody: two averages, so two names. */
  const isPlace = by === "screen" || by === "api" || by === "element";
  const most = Math.max(0, ...(data?.rows.map((row) => row.points_per_session) ?? []));
  const csv = () => (data?.rows ?? []).map((row) => [row.name, row.screen, row.sessions, row.score, row.points_per_session]);
  return (
    <Card title={said.title} sub={said.perSession} stale={stale} side={<CsvButton name={`score-${by}`} title={said.csv} header={["name", "screen", "sessions", "score", "points_per_session"]} rows={csv} />}>
      <SegmentedControl className="by-switch" aria-label={said.label} value={by} onChange={(value) => change({ score_by: SCORE_BY.find((one) => one === value) })} data={SCORE_BY.map((value) => ({ value, label: said[value] }))} />
      <Answer to={{ data, error, refetch }} blocks={Array.from({ length: 6 }, () => ["100%", 30] as const)}>
        {({ rows, row_count }) =>
          rows.length === 0 ? (
            <NoneLine text={said.none} />
          ) : (
            <>
              <table className="score-table by-table">
                <thead>
                  <tr>
                    <th scope="col">{said[by]}</th>
                    <th scope="col">
                      {isPlace ? said.columns.score : said.scoreAll}
                      <small className="head-note">{isPlace ? said.scoreOf.lost : said.scoreOf.all}</small>
                    </th>
                    <th scope="col" className="col-lost">{said.columns.points}</th>
                    <th scope="col">{said.columns.sessions}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.name} ${row.screen ?? ""}`}>
                      <th scope="row"><Breakable name={nameOf(row)} /></th>
                      <td>
                        <GroupMark score={row.score} n={row.scored} />
                      </td>
                      <td className="col-lost">
                        <span className="lost-pair">
                          <span className="plain-bar" aria-hidden="true">
                            <i style={{ width: `${most > 0 ? (100 * row.points_per_session) / most : 0}%` }} />
                          </span>
                          {points(row.points_per_session)}
                        </span>
                      </td>
                      <td>
                        <SessionsLink search={filterSearch(row.filter)} label={`${nameOf(row)}: ${scoreWords.sessions(row.sessions)}`}>
                          {count(row.sessions)}
                        </SessionsLink>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className="quiet phone-only">{`${isPlace ? said.columns.score : said.scoreAll}: ${isPlace ? said.scoreOf.lost : said.scoreOf.all}.`}</p>
              {row_count > rows.length && <p className="quiet">{said.shown(rows.length, row_count)}</p>}
            </>
          )
        }
      </Answer>
    </Card>
  );
}
