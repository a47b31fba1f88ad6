// One row per screen, costliest first. A press shows the screen in depth below.
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { Button } from "../controls/button";
import { count, duration, points, share } from "../format";
import { Breakable } from "../parts/breakable";
import { Change } from "../parts/change";
import { isComparable } from "../parts/comparable";
import { CsvButton } from "../parts/csv_button";
import { LongRows, rowCount, type LongRowsHandle, type RowPlace } from "../parts/long_rows";
import { LostBar } from "../parts/loss_bar";
import { useRowKeys } from "../parts/row_keys";
import { GroupMark } from "../parts/score_mark";
import { SessionsChange } from "../parts/sessions_change";
import { SortButton, SortMenu } from "../parts/sort";
import { SessionsLink, useChangeSearch, useProject, useSearchState } from "../place";
import { filterSearch, kept, SCREEN_SORTS, type ScreenSort, type Search } from "../search";
import type { Paint, ScreenLine, ScreenList } from "../types";
import { screensWords } from "../screens_words";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";

interface TableProps {
  list: ScreenList;
  paints: ReadonlyMap<string, Paint>;
  selected: string | undefined;
  stale: boolean;
  /** Missing where no more can be shown at once. */
  onMore: (() => void) | undefined;
}

const { columns } = screensWords;

function useSort() {
  const { screen_sort: sort = "points", order: asked } = useSearchState();
  const change = useChangeSearch();
  const first = (column: ScreenSort) => (column === "score" || column === "screen" ? ("asc" as const) : ("desc" as const));
  const order = asked ?? first(sort);
  const by = (column: ScreenSort) => change({ screen_sort: column, order: column === sort ? (order === "asc" ? "desc" : "asc") : first(column) });
  return { sort, order, by };
}

export function ScreenTable({ list: found, paints, selected, stale, onMore }: TableProps) {
  const change = useChangeSearch();
  const { rows, row_count } = found;
  const most = Math.max(0, ...rows.map((row) => row.points));
  const { sort, by } = useSort();
  const isCompared = isComparable(found);
  const list = useRef<LongRowsHandle>(null);
  const go = (index: number) => {
    change({ on: rows[index]?.screen }, true);
    list.current?.reach(index, false);
  };
  useRowKeys(list, rows.length, go, () => rows.findIndex((row) => row.screen === selected));
  return (
    <section className={`card table-card ${stale ? "stale" : ""}`} aria-label={screensWords.title} aria-busy={stale}>
      <SortMenu label={screensWords.sortBy} names={SCREEN_SORTS.map((column) => [column, columns[column]] as const)} sort={sort} onSort={by} />
      <table className="api-table screen-table" {...rowCount(row_count)}>
        <thead>
          <tr aria-rowindex={1}>
            <Head column="screen" className="api-name" />
            <Head column="points" className="lost" />
            {isCompared && <th scope="col" className="col-change">{words.change}</th>}
            <Head column="score" note={screensWords.scoreOfAll} />
            <Head column="sessions" className="col-seen" />
            <Head column="visitors" className="col-visitors" />
            <Head column="exits" className="col-exits" />
            <Head column="stay" className="col-stay" />
            <Head column="signals" className="col-sign" />
            {paints.size > 0 && <th scope="col" className="col-lcp">{columns.lcp}</th>}
          </tr>
        </thead>
        <LongRows as="tbody" ref={list} rows={rows} total={row_count} keyOf={keyOf} height={56}>
          {(row, place) => <Row row={row} place={place} paint={paints.size > 0 ? (paints.get(row.screen) ?? null) : undefined} most={most} list={isCompared ? found : null} isSelected={row.screen === selected} />}
        </LongRows>
      </table>
      <footer className="table-foot">
        <span aria-live="polite">{screensWords.shown(rows.length, row_count)}</span>
        {rows.length < row_count && (onMore ? <Button onClick={onMore}>{sessionsWords.more}</Button> : <span>{sessionsWords.most}</span>)}
        <span>
          {screensWords.legend} {isCompared && <span className="wide-only">{screensWords.shareNote}</span>}
        </span>
        <span className="phone-only">{screensWords.scoreNote}</span>
        <span className="foot-side">
          <CsvButton name="screens" title={screensWords.csv} header={CSV_HEADER} rows={() => rows.map((row) => csvRow(row, paints.get(row.screen)))} />
        </span>
      </footer>
    </section>
  );
}

function keyOf(row: ScreenLine): string {
  return row.screen;
}

const CSV_HEADER = ["screen", "views", "sessions", "visitors", "score", "points", "exits", "exit_share", "stay_ms", "signals", "lcp_p75_ms", "points_before", "sessions_before"];

function csvRow(row: ScreenLine, paint: Paint | undefined): (string | number | null)[] {
  return [row.screen, row.views, row.sessions, row.visitors, row.score, row.points, row.exits, row.exit_share, row.stay_ms, row.signals, paint?.p75_ms ?? null, row.points_before, row.sessions_before];
}

function Head({ column, note, className = "" }: { column: ScreenSort; note?: string; className?: string }) {
  const { sort, order, by } = useSort();
  return (
    <th scope="col" className={className} aria-sort={sort === column ? (order === "asc" ? "ascending" : "descending") : "none"}>
      <SortButton name={columns[column]} isSorted={sort === column} order={order} onSort={() => by(column)} />
      {note && <small className="head-note">{note}</small>}
    </th>
  );
}

/** `paint` undefined: no screen has one, so there is no column. `list` null: there is nothing to compare with. */
function Row({ row, place, paint, most, list, isSelected }: { row: ScreenLine; place: RowPlace; paint: Paint | null | undefined; most: number; list: ScreenList | null; isSelected: boolean }) {
  const change = useChangeSearch();
  const choose = (target: EventTarget) => target instanceof Element && !target.closest("a") && change({ on: row.screen });
  return (
    <tr {...place} className={isSelected ? "current" : ""} onClick={(event) => choose(event.target)}>
      <th scope="row" className="api-name">
        <Link to="." search={(old: Search) => ({ ...old, on: row.screen })} resetScroll={false} className="row-link" aria-current={isSelected ? "true" : undefined} title={row.screen}>
          <Breakable name={row.screen} />
        </Link>
        <small>{row.views ? screensWords.views(row.views) : screensWords.notSeen}</small>
      </th>
      <td className="lost">
        <span className="lost-cell">
          {row.points > 0 ? <LostBar lost={row.points_by_cause} total={row.points} most={most} /> : <span />}
          {row.points_sessions === 0 ? "0.0" : (
            <SessionsLink search={{ ...filterSearch(row.points_filter), sort: "score", order: "asc" }} label={`${row.screen}: ${points(row.points)}, ${screensWords.watch(row.points_sessions)}`}>
              <b>{points(row.points)}</b>
            </SessionsLink>
          )}
        </span>
      </td>
      {list && <td className="col-change"><Change now={row.points} before={row.points_before} meaning="more hurts" /></td>}
      <td>
        <GroupMark score={row.score} n={row.scored} title={screensWords.scoreOf(row.scored)} />
      </td>
      <td className="col-seen">
        <Counted row={row} n={row.sessions} filter={row.filter} label={screensWords.watch(row.sessions)} />
        {list && <small className="then"><SessionsChange now={row.sessions} before={row.sessions_before} all={list.sessions} allBefore={list.sessions_before} meaning="neutral" /></small>}
      </td>
      <td className="col-visitors">{count(row.visitors)}</td>
      <td className="col-exits">
        {row.exits === 0 || row.exit_share === null ? "0" : (
          <SessionsLink search={filterSearch(row.exit_filter)} label={`${row.screen}: ${screensWords.left(share(row.exit_share), row.exits)}`}>{share(row.exit_share)}</SessionsLink>
        )}
      </td>
      <td className="col-stay">{row.stay_ms === null ? "–" : duration(row.stay_ms)}</td>
      <td className="col-sign">
        <Counted row={row} n={row.signals} filter={row.signal_filter} label={screensWords.signals(row.signals, row.signal_sessions)} />
      </td>
      {paint !== undefined && <td className="col-lcp">{paint ? <Lcp paint={paint} /> : "–"}</td>}
    </tr>
  );
}

function Counted({ row, n, filter, label }: { row: ScreenLine; n: number; filter: Record<string, string>; label: string }) {
  if (n === 0) return "0";
  return (
    <SessionsLink search={filterSearch(filter)} label={`${row.screen}: ${label}`}>
      {count(n)}
    </SessionsLink>
  );
}

function Lcp({ paint }: { paint: Paint }) {
  const project = useProject();
  const here = useSearchState();
  const said = screensWords.lcp(paint.views, paint.p75_ms);
  if (paint.filter) return <SessionsLink search={filterSearch(paint.filter)} label={`${paint.screen}: ${said}`}>{duration(paint.p75_ms)}</SessionsLink>;
  return (
    <Link to="/p/$project/latency" params={{ project }} search={{ ...kept(here), view: "vitals" }} className="number-link" title={screensWords.several} aria-label={`${paint.screen}: ${said}. ${screensWords.several}`}>
      {duration(paint.p75_ms)}
    </Link>
  );
}
