// Screens that people go back and forth between, and how the scores of those sessions differ.
import { useQuery } from "@tanstack/react-query";
import { count, duration, signed } from "../format";
import { Answer } from "../parts/answer";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import { NoneLeft } from "../parts/none_left";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { loopsQuery } from "./queries";
import { filterSearch } from "../search";
import type { LoopRow } from "../types";
import { journeysWords } from "../journeys_words";

/** Scored sessions on each side, for a comparison (visual.md 5.7). */
const LEAST_COMPARED = 100;

export function LoopsCard({ limit, isWhole }: { limit: number; isWhole: boolean }) {
  const { data, error, isPlaceholderData, refetch } = useQuery(loopsQuery(useProject(), useSearchState(), usePeriod(), limit));
  const change = useChangeSearch();
  const { title, sub, none, noneSub, note, all, columns } = journeysWords.loops;
  const more = !isWhole && data && data.row_count > data.rows.length && (
    <button type="button" className="time-link" onClick={() => change({ view: "loops" })}>
      {all(data.row_count)}
    </button>
  );
  return (
    <Card title={title} sub={sub} side={more} stale={isPlaceholderData}>
      <Answer to={{ data, error, refetch }} blocks={Array.from({ length: 5 }, () => ["100%", 30] as const)}>
        {({ rows }) =>
          rows.length === 0 ? (
            <NoneLeft title={none} text={noneSub} />
          ) : (
            <>
              <table className="loops-table">
                <thead>
                  <tr>
                    <th scope="col">{columns.loop}</th>
                    <th scope="col" className="number">{columns.rounds}</th>
                    <th scope="col" className="number wide-only">{columns.away}</th>
                    <th scope="col" className="number">{columns.difference}</th>
                    <th scope="col" className="number">{columns.sessions}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row key={row.screens.join(" ")} row={row} />
                  ))}
                </tbody>
              </table>
              <p className="quiet">{note}</p>
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function Row({ row }: { row: LoopRow }) {
  const { few, fewWhy, interval } = journeysWords.loops;
  const { difference } = row;
  const isCompared = difference !== null && Math.min(row.scored, row.others_scored) >= LEAST_COMPARED;
  const hurts = isCompared && difference.high < 0;
  return (
    <tr>
      <th scope="row">
        <span className="kind-name">
          <CauseGlyph cause="circle" />
          <span className="loop-name">
            <Breakable name={row.screens[0] ?? ""} /> <span aria-hidden="true">⇄</span> <Breakable name={row.screens[1] ?? ""} />
          </span>
        </span>
      </th>
      <td className="number">{(row.returns / row.sessions).toFixed(1)}</td>
      <td className="number wide-only">{duration(row.away_ms)}</td>
      <td className="number">
        {isCompared ? (
          <>
            <b className={hurts ? "change worse" : ""}>{signed(difference.value)}</b>
            <small> {interval(signed(difference.low), signed(difference.high))}</small>
          </>
        ) : (
          <span className="few" title={fewWhy(row.scored, row.others_scored)}>
            {few}
          </span>
        )}
      </td>
      <td className="number">
        <SessionsLink search={filterSearch(row.filter)}>{count(row.sessions)}</SessionsLink>
      </td>
    </tr>
  );
}
