// Signals by kind. A press shows where they are, in the table beside.
import { Link } from "@tanstack/react-router";
import { count, points } from "../format";
import { Card } from "../parts/card";
import { isComparable } from "../parts/comparable";
import { CauseGlyph } from "../parts/glyphs";
import { SessionsChange } from "../parts/sessions_change";
import { SessionsLink } from "../place";
import { filterSearch, type Search } from "../search";
import type { SignalList } from "../types";
import { signalsWords } from "../signals_words";
import { signalName, words } from "../words";
import { JudgedShare } from "./judged";
import { sentence } from "./places";

const { columns, kinds } = signalsWords;

export function Kinds({ list, selected, stale }: { list: SignalList; selected: string | undefined; stale: boolean }) {
  const isCompared = isComparable(list);
  return (
    <Card title={kinds.title} sub={kinds.sub} stale={stale} className="kinds-card">
      <table className="kinds-table">
        <thead>
          <tr>
            <th scope="col">{kinds.kind}</th>
            <th scope="col">{columns.signals}</th>
            <th scope="col">{columns.sessions}</th>
            {isCompared && <th scope="col" className="col-change">{words.change}</th>}
            <th scope="col">{columns.points}</th>
            <th scope="col" className="col-judged">{columns.precision}</th>
          </tr>
        </thead>
        <tbody>
          {list.kinds.map((row) => (
            <tr key={row.type} className={row.type === selected ? "current" : ""}>
              <th scope="row">
                <Link to="." search={(old: Search) => ({ ...old, kind: row.type === selected ? undefined : row.type, element: undefined, on: undefined })} resetScroll={false} className="row-link kind-name" aria-current={row.type === selected ? "true" : undefined}>
                  <CauseGlyph cause={row.cause} signal={row.type} /> {sentence(signalName(row.type))}
                </Link>
              </th>
              <td>{count(row.signals)}</td>
              <td>
                <SessionsLink search={filterSearch(row.filter)} label={`${signalName(row.type)}: ${signalsWords.watch(row.sessions)}`}>
                  {count(row.sessions)}
                </SessionsLink>
              </td>
              {isCompared && <td className="col-change"><SessionsChange now={row.sessions} before={row.sessions_before} all={list.sessions} allBefore={list.sessions_before} meaning="more hurts" /></td>}
              <td>{points(row.points)}</td>
              <td className="col-judged">
                <JudgedShare judged={row.judged} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{signalsWords.pointsNote}</p>
    </Card>
  );
}
