// Signals by element and screen: how many, what they cost, what people said, muted or not. A press shows examples below.
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { Button } from "../controls/button";
import { count, elementName, points } from "../format";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { CsvButton } from "../parts/csv_button";
import { isComparable } from "../parts/comparable";
import { CauseGlyph } from "../parts/glyphs";
import { LongRows, rowCount, type LongRowsHandle, type RowPlace } from "../parts/long_rows";
import { NoneLine } from "../parts/none_left";
import { useRowKeys } from "../parts/row_keys";
import { SessionsChange } from "../parts/sessions_change";
import { SessionsLink } from "../place";
import { filterSearch, type Search } from "../search";
import type { SignalList, SignalPlace } from "../types";
import { sessionsWords } from "../sessions_words";
import { signalsWords } from "../signals_words";
import { signalName, words } from "../words";
import { JudgedShare } from "./judged";

const { columns, places } = signalsWords;

interface PlacesProps {
  list: SignalList;
  kind: string | undefined;
  selected: SignalPlace | undefined;
  stale: boolean;
  /** Missing where no more can be shown at once. */
  onMore: (() => void) | undefined;
}

export function Places({ list, kind, selected, stale, onMore }: PlacesProps) {
  const rows = list.places;
  const isCompared = isComparable(list);
  const body = useRef<LongRowsHandle>(null);
  useRowKeys(body, rows.length);
  return (
    <Card title={places.title(kind === undefined ? null : sentence(signalName(kind)))} stale={stale} side={<Csv rows={rows} />} className="places-card">
      {rows.length === 0 && <NoneLine text={places.none} />}
      <table className="kinds-table" {...rowCount(list.place_count)}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{places.place}</th>
            <th scope="col">{columns.signals}</th>
            <th scope="col">{columns.sessions}</th>
            {isCompared && <th scope="col" className="col-change">{words.change}</th>}
            <th scope="col">{columns.points}</th>
            <th scope="col" className="col-judged">{columns.precision}</th>
          </tr>
        </thead>
        <LongRows as="tbody" ref={body} rows={rows} total={list.place_count} keyOf={keyOf} height={60}>
          {(row, place) => <Row row={row} place={place} list={isCompared ? list : null} isSelected={row === selected} />}
        </LongRows>
      </table>
      {list.place_count > rows.length && (
        <p className="places-foot">
          {signalsWords.shown(rows.length, list.place_count)} {onMore ? <Button onClick={onMore}>{sessionsWords.more}</Button> : sessionsWords.most}
        </p>
      )}
    </Card>
  );
}

function keyOf(row: SignalPlace): string {
  return `${row.type} ${row.screen} ${row.element_id}`;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Csv({ rows }: { rows: readonly SignalPlace[] }) {
  const header = ["type", "element", "screen", "signals", "sessions", "points", "verdicts", "frustration", "muted", "signals_before", "sessions_before"];
  return <CsvButton name="signals" title={places.csv} header={header} rows={() => rows.map((row) => [row.type, row.element_id, row.screen, row.signals, row.sessions, row.points, row.judged?.verdicts ?? 0, row.judged?.frustration ?? 0, row.is_muted ? 1 : 0, row.signals_before, row.sessions_before])} />;
}

/** `list` null: there is nothing to compare with. */
function Row({ row, place, list, isSelected }: { row: SignalPlace; place: RowPlace; list: SignalList | null; isSelected: boolean }) {
  const name = elementName(row.element_id, row.label);
  const named = signalsWords.place(name, row.screen);
  return (
    <tr {...place} className={isSelected ? "current" : ""}>
      <th scope="row">
        <span className="place-of">
          <CauseGlyph cause={row.cause} signal={row.type} named />
          <span>
            <Link to="." search={(old: Search) => ({ ...old, kind: row.type, element: row.element_id, on: row.screen })} resetScroll={false} className="row-link" title={row.element_id || undefined} aria-current={isSelected ? "true" : undefined}>
              <Breakable name={name || sentence(signalName(row.type))} />
            </Link>
            <small>
              <span><Breakable name={row.screen || places.noScreen} /></span>
              {row.is_muted && <span className="tag">{signalsWords.mute.muted}</span>}
            </small>
          </span>
        </span>
      </th>
      <td>{count(row.signals)}</td>
      <td>
        <SessionsLink search={filterSearch(row.filter)} label={`${signalName(row.type)}, ${named}: ${signalsWords.watch(row.sessions)}`}>
          {count(row.sessions)}
        </SessionsLink>
      </td>
      {list && <td className="col-change"><SessionsChange now={row.sessions} before={row.sessions_before} all={list.sessions} allBefore={list.sessions_before} meaning="more hurts" /></td>}
      <td>{points(row.points)}</td>
      <td className="col-judged">
        <JudgedShare judged={row.judged} />
      </td>
    </tr>
  );
}
