// The list of error groups. J and K move, Enter opens; columns go by priority as the window gets narrower.
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { Button } from "../controls/button";
import { count, dateTime, groupScore } from "../format";
import { Breakable } from "../parts/breakable";
import { LongRows, rowCount, type LongRowsHandle, type RowPlace } from "../parts/long_rows";
import { useRowKeys } from "../parts/row_keys";
import { GroupMark } from "../parts/score_mark";
import { SessionsChange } from "../parts/sessions_change";
import { SortButton, SortMenu } from "../parts/sort";
import { ErrorLink, SessionsLink, useChangeSearch, useProject, useSearchState } from "../place";
import { ERROR_SORTS, errorOrder, kept, type ErrorSort } from "../search";
import type { ErrorGroup, ErrorGroups } from "../types";
import { sessionsWords } from "../sessions_words";
import { errorWords } from "../error_words";
import { browserWords, GroupSign, groupTitle } from "./names";
import { MiniTrend } from "./trend";

interface TableProps {
  /** All sessions of the period and of the one before. */
  totals: Totals;
  rows: ErrorGroup[];
  total: number;
  stale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

type Totals = Pick<ErrorGroups, "all_sessions" | "all_sessions_before">;

function useSort() {
  const { error_sort: sort = "sessions", order: asked } = useSearchState();
  const change = useChangeSearch();
  const order = asked ?? errorOrder(sort);
  const by = (column: ErrorSort) => change({ error_sort: column, order: column === sort ? (order === "asc" ? "desc" : "asc") : errorOrder(column) });
  return { sort, order, by };
}

export function ErrorTable({ totals, rows, total, stale, hasMore, isLoadingMore, onMore }: TableProps) {
  const list = useRef<LongRowsHandle>(null);
  useRowKeys(list, rows.length);
  return (
    <section className={`card table-card ${stale ? "stale" : ""}`} aria-label={errorWords.title} aria-busy={stale}>
      <Sorting />
      <table className="session-table error-table" {...rowCount(total)}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="col-error">{errorWords.columns.error}</th>
            <th scope="col" className="col-trend">{errorWords.columns.trend}</th>
            <SortHead column="sessions" />
            <SortHead column="users" />
            <SortHead column="errors" />
            <SortHead column="score" />
            <SortHead column="first_seen" />
            <SortHead column="last_seen" also="first_seen" />
            <th scope="col" className="col-releases">{errorWords.columns.releases}</th>
          </tr>
        </thead>
        <LongRows as="tbody" ref={list} rows={rows} total={total} keyOf={keyOf} height={76}>
          {(row, place) => <Row row={row} place={place} totals={totals} />}
        </LongRows>
      </table>
      <footer className="table-foot">
        <span aria-live="polite">{errorWords.shown(rows.length, total)}</span>
        {hasMore && (
          <Button loading={isLoadingMore} onClick={onMore}>
            {errorWords.more}
          </Button>
        )}
        <span className="keys wide-only">
          <kbd>J</kbd> <kbd>K</kbd> {sessionsWords.keys.move}, <kbd>Enter</kbd> {sessionsWords.keys.open}, <kbd>/</kbd> {sessionsWords.keys.search}
        </span>
      </footer>
    </section>
  );
}

function keyOf(row: ErrorGroup): string {
  return row.key;
}

/** `also`: what the column shows as well where its own column does not fit. */
function SortHead({ column, also }: { column: ErrorSort; also?: ErrorSort }) {
  const { sort, order } = useSort();
  const isSorted = sort === column || sort === also;
  return (
    <th scope="col" className={`number col-${column}`} aria-sort={isSorted ? (order === "asc" ? "ascending" : "descending") : "none"}>
      <SortOf column={column} />
      {also && (
        <span className="first-seen">
          <SortOf column={also} />
        </span>
      )}
    </th>
  );
}

function SortOf({ column }: { column: ErrorSort }) {
  const { sort, order, by } = useSort();
  return <SortButton name={errorWords.columns[column]} isSorted={sort === column} order={order} onSort={() => by(column)} />;
}

function Sorting() {
  const { sort, by } = useSort();
  return <SortMenu label={errorWords.sortBy} names={ERROR_SORTS.map((column) => [column, errorWords.columns[column]] as const)} sort={sort} onSort={by} />;
}

function Row({ row, place, totals }: { row: ErrorGroup; place: RowPlace; totals: Totals }) {
  const project = useProject();
  const search = useSearchState();
  const navigate = useNavigate();
  const open = () => void navigate({ to: "/p/$project/errors/$groupKey", params: { project, groupKey: row.key }, search: kept(search) });
  const title = groupTitle(row);
  const said = browserWords(row);
  return (
    <tr {...place} onClick={(event) => !(event.target instanceof Element && event.target.closest("a")) && open()}>
      <td className="col-error">
        <span className="group-name">
          <GroupSign kind={row.kind} />
          <span>
            <ErrorLink group={row.key} className="row-link">
              <Breakable name={title} />
            </ErrorLink>
            {row.is_new && <span className="tag new-tag" title={errorWords.newWhy}>{errorWords.new}</span>}
            {said && (
              <small className="group-message" title={row.message}>
                {said}
              </small>
            )}
            <small className="group-place">
              <Breakable name={row.place ?? errorWords.kinds[row.kind].means} />
              <span className="narrow-only"> · {dateTime(row.last_seen)}</span>
            </small>
          </span>
        </span>
      </td>
      <td className="col-trend">
        <MiniTrend trend={row.trend} />
      </td>
      <td className="number col-sessions">
        <SessionsLink search={{ error_group: row.key }} label={`${title}: ${errorWords.watch(row.sessions)}`}>
          {count(row.sessions)}
        </SessionsLink>
        <small className="then"><SessionsChange now={row.sessions} before={row.sessions_before} all={totals.all_sessions} allBefore={totals.all_sessions_before} meaning="more hurts" /></small>
      </td>
      <td className="number col-users">{count(row.users)}</td>
      <td className="number col-errors">{count(row.errors)}</td>
      <td className="number col-score">{row.score === null ? "–" : <GroupScore score={row.score} scored={row.scored} />}</td>
      <td className="number col-first_seen">{dateTime(row.first_seen)}</td>
      <td className="number col-last_seen">
        {dateTime(row.last_seen)}
        <small className="first-seen">{errorWords.since(dateTime(row.first_seen))}</small>
      </td>
      <td className="col-releases">
        <Releases row={row} />
      </td>
    </tr>
  );
}

export function GroupScore({ score, scored }: { score: number; scored: number }) {
  return <GroupMark score={score} n={scored} title={errorWords.score(groupScore(score), scored)} />;
}

function Releases({ row }: { row: ErrorGroup }) {
  return (
    <>
      {row.releases.map((part, index) => (
        <span key={part.name}>
          {index > 0 && ", "}
          <SessionsLink search={{ error_group: row.key, release: part.name }}>{part.name || errorWords.noName}</SessionsLink>
        </span>
      ))}
      {row.release_count > row.releases.length && <small> {errorWords.further(row.release_count - row.releases.length)}</small>}
    </>
  );
}
