// One row per API: its percentiles on a common log scale, what failed, what it costs. A press shows the API in depth below.
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { Button, UnstyledButton } from "../controls/button";
import { duration, durationChange, points, share } from "../format";
import { Breakable } from "../parts/breakable";
import { Change } from "../parts/change";
import { isComparable } from "../parts/comparable";
import { LongRows, rowCount, type LongRowsHandle, type RowPlace } from "../parts/long_rows";
import { LostBar } from "../parts/loss_bar";
import { useRowKeys } from "../parts/row_keys";
import { ShareChange } from "../parts/share_change";
import { SortMenu } from "../parts/sort";
import { SessionsLink, useChangeSearch, useSearchState } from "../place";
import { LATENCY_SORTS, type LatencySort, type Search } from "../search";
import type { ApiList, ApiRow } from "../types";
import { latencyWords } from "../latency_words";
import { overviewWords } from "../overview_words";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";
import { apiName, LEAST_CALLS, percentile, railScale, SLOW_P95_MS, type LogScale } from "./numbers";

interface TableProps {
  pages: readonly ApiList[];
  selected: string | undefined;
  stale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
}

const CHANGES: readonly LatencySort[] = ["p95_change", "failed_change"];
const SORT_NAMES = LATENCY_SORTS.map((by) => [by, by === "calls" ? latencyWords.table.calls : latencyWords.columns[by as keyof typeof latencyWords.columns]] as const);

export function ApiTable({ pages, selected, stale, hasMore, isLoadingMore, onMore }: TableProps) {
  const search = useSearchState();
  const change = useChangeSearch();
  const rows = useMemo(() => pages.flatMap((page) => page.rows), [pages]);
  const scale = useMemo(() => railScale(rows.map((row) => row.latency_ms)), [rows]);
  const most = Math.max(0, ...rows.map((row) => row.points));
  const total = pages[0]?.row_count ?? 0;
  const isCompared = pages[0] !== undefined && isComparable(pages[0]);
  const list = useRef<LongRowsHandle>(null);
  const go = (index: number) => {
    change({ api: rows[index]?.api }, true);
    list.current?.reach(index, false);
  };
  useRowKeys(list, rows.length, go, () => rows.findIndex((row) => row.api === selected));
  return (
    <section className={`card table-card ${stale ? "stale" : ""}`} aria-label={latencyWords.title} aria-busy={stale}>
      <SortMenu label={sessionsWords.sortBy} names={SORT_NAMES.filter(([by]) => isCompared || !CHANGES.includes(by))} sort={search.by ?? "points"} onSort={(by) => change({ by, order: "desc" })} />
      <table className="api-table" {...rowCount(total)}>
        <thead>
          <tr aria-rowindex={1}>
            <Head by="calls" name={latencyWords.columns.api} className="api-name" />
            <th className="rail-cell" aria-hidden="true">
              <Ticks scale={scale} />
            </th>
            <Head by="p50" className="wide-only" />
            <Head by="p75" />
            <Head by="p95" />
            {isCompared && <Head by="p95_change" className="change-col" />}
            <Head by="p99" className="wide-only" />
            <Head by="failed" className="fails" />
            {isCompared && <Head by="failed_change" className="change-col" />}
            <Head by="unfinished" className="extra" />
            <Head by="apdex" className="wide-only" />
            <Head by="points" className="lost" />
          </tr>
        </thead>
        <LongRows as="tbody" ref={list} rows={rows} total={total} keyOf={keyOf} height={56}>
          {(row, place) => <Row row={row} place={place} scale={scale} most={most} isCompared={isCompared} isSelected={row.api === selected} />}
        </LongRows>
      </table>
      <footer className="table-foot">
        <span>
          <span className="rail-legend">{latencyWords.legend} </span>
          {latencyWords.within}
        </span>
        <span className="foot-side">
          {isCompared && `${latencyWords.changeNote} `}
          {latencyWords.shown(rows.length, total)}. {latencyWords.apdexAt(pages[0]?.apdex_ms ?? 0)}
        </span>
        {hasMore && (
          <Button loading={isLoadingMore} onClick={onMore}>
            {sessionsWords.more}
          </Button>
        )}
      </footer>
    </section>
  );
}

function keyOf(row: ApiRow): string {
  return row.api;
}

/** A column's head; a press sorts by it, the next one turns the order. */
function Head({ by, name, className = "" }: { by: LatencySort; name?: string; className?: string }) {
  const search = useSearchState();
  const change = useChangeSearch();
  const isSorted = (search.by ?? "points") === by;
  const order = search.order ?? "desc";
  const Arrow = order === "asc" ? IconArrowUp : IconArrowDown;
  const press = () => change({ by, order: isSorted && order === "desc" ? "asc" : "desc" });
  const { columns } = latencyWords;
  return (
    <th scope="col" className={className} aria-sort={isSorted ? (order === "asc" ? "ascending" : "descending") : "none"}>
      {name && <span className="head-before">{name}</span>}
      <UnstyledButton className="sort-head" data-sorted={isSorted} onClick={press} aria-label={CHANGES.includes(by) ? columns[by as keyof typeof columns] : undefined}>
        {by === "calls" ? latencyWords.table.calls : CHANGES.includes(by) ? latencyWords.change : columns[by as keyof typeof columns]}
        {isSorted && <Arrow size={14} stroke={1.9} aria-hidden="true" />}
      </UnstyledButton>
    </th>
  );
}

function Row({ row, place, scale, most, isCompared, isSelected }: { row: ApiRow; place: RowPlace; scale: LogScale; most: number; isCompared: boolean; isSelected: boolean }) {
  const { p50, p75, p95, p99 } = row.latency_ms;
  const change = useChangeSearch();
  const name = apiName(row.api);
  const choose = (target: EventTarget) => target instanceof Element && !target.closest("a") && (change({ api: row.api }), reveal());
  const said = (value: number | null) => <span className={value === null ? "few" : undefined} title={value === null && row.finished > 0 ? latencyWords.fewWhy : undefined}>{percentile(value, row.finished)}</span>;
  return (
    <tr {...place} className={isSelected ? "current" : ""} onClick={(event) => choose(event.target)}>
      <th scope="row" className="api-name">
        <Link to="." search={(old: Search) => ({ ...old, api: row.api })} resetScroll={false} onClick={reveal} className="row-link" aria-current={isSelected ? "true" : undefined} title={name}>
          <Breakable name={name} />
        </Link>
        <small>
          <SessionsLink search={{ api: row.api }} label={`${name}: ${latencyWords.calls(row.calls)}, ${overviewWords.watch(row.sessions)}`}>
            {latencyWords.calls(row.calls)}
          </SessionsLink>
          <span className="wide-only">, {latencyWords.rate(row.calls_per_minute)}</span>
        </small>
        <Hidden row={row} name={name} />
      </th>
      <td className="rail-cell">
        <Rail row={row} scale={scale} />
      </td>
      <td className="wide-only">{said(p50)}</td>
      <td>{said(p75)}</td>
      <td>
        <b>{said(p95)}</b>
      </td>
      {isCompared && <td className="change-col"><P95Change row={row} /></td>}
      <td className="wide-only">{said(p99)}</td>
      <td className="fails">
        {row.failed === 0 ? latencyWords.none : (
          <SessionsLink search={{ api: row.api, api_status: "failed" }} className={row.failed_share >= 0.05 ? "number-link hurts" : "number-link"}>
            {share(row.failed_share)}
          </SessionsLink>
        )}
      </td>
      {isCompared && <td className="change-col"><FailedChange row={row} /></td>}
      <td className="extra"><Unfinished row={row} name={name} /></td>
      <td className="wide-only">{row.apdex.toFixed(2)}</td>
      <td className="lost">
        <span className="lost-cell">
          {row.points > 0 ? <LostBar lost={row.points_by_cause} total={row.points} most={most} /> : <span />}
          <PointsLost row={row} name={name} />
        </span>
      </td>
    </tr>
  );
}

export function P95Change({ row }: { row: ApiRow }) {
  const now = row.latency_ms.p95;
  return <Change now={now ?? 0} before={now === null ? null : row.latency_ms_before?.p95} meaning="more hurts" write={durationChange} />;
}

export function FailedChange({ row }: { row: ApiRow }) {
  const { calls_before: of, failed_share_before: share } = row;
  const before = of === null ? null : { count: Math.round((share ?? 0) * of), of };
  return <ShareChange now={{ count: row.failed, of: row.calls }} before={before} enough={LEAST_CALLS} meaning="more hurts" counted={words.certainty.calls} note={latencyWords.callsAlone} />;
}

/** What the columns say that a narrow window has no room for: one line each, when there is something to say. */
function Hidden({ row, name }: { row: ApiRow; name: string }) {
  const { columns } = latencyWords;
  return (
    <>
      {row.status.unfinished > 0 && (
        <small className="for-extra">
          {columns.unfinished} <Unfinished row={row} name={name} />
        </small>
      )}
      {row.points_sessions > 0 && (
        <small className="for-lost">
          {columns.points} <PointsLost row={row} name={name} />
        </small>
      )}
    </>
  );
}

function Unfinished({ row, name }: { row: ApiRow; name: string }) {
  if (row.status.unfinished === 0) return latencyWords.none;
  return <SessionsLink search={{ api: row.api, api_status: "unfinished" }} label={`${name}, ${latencyWords.columns.unfinished}: ${share(row.unfinished_share)}`}>{share(row.unfinished_share)}</SessionsLink>;
}

function PointsLost({ row, name }: { row: ApiRow; name: string }) {
  if (row.points_sessions === 0) return "0.0";
  return (
    <SessionsLink search={{ place_kind: "api", place: row.api, sort: "score", order: "asc" }} label={`${name}: ${points(row.points)}, ${overviewWords.watch(row.points_sessions)}`}>
      <b>{points(row.points)}</b>
    </SessionsLink>
  );
}

/** The chosen API's cards stand below the table, often out of sight. */
function reveal(): void {
  requestAnimationFrame(() => document.querySelector("#api-depth > :last-child")?.scrollIntoView({ block: "nearest" }));
}

function Ticks({ scale }: { scale: LogScale }) {
  return (
    <span className="rail ticks">
      {scale.ticks.map((ms) => (
        <span key={ms} style={{ left: `${scale.at(ms)}%` }}>
          {duration(ms).replace(".0", "")}
        </span>
      ))}
    </span>
  );
}

/** p50 as a dot, p75 as a ring, p95 as a dot, and a thin line on to p99. */
function Rail({ row, scale }: { row: ApiRow; scale: LogScale }) {
  const { p50, p75, p95, p99 } = row.latency_ms;
  if (p50 === null || p75 === null) return null;
  const at = (ms: number) => `${scale.at(ms)}%`;
  const to = (from: number, until: number) => ({ left: at(from), width: `${scale.at(until) - scale.at(from)}%` });
  const end = p95 ?? p75;
  return (
    <span className={`rail ${end > SLOW_P95_MS ? "slow" : ""}`} role="img" aria-label={latencyWords.rail(duration(p50), duration(p75), duration(p99 ?? end))}>
      {scale.ticks.map((ms) => <i key={ms} className="rail-tick" style={{ left: at(ms) }} />)}
      {p99 !== null && <i className="rail-tail" style={to(end, p99)} />}
      <i className="rail-bar" style={to(p50, end)} />
      <i className="rail-dot" style={{ left: at(p50) }} />
      {p95 !== null && <i className="rail-dot high" style={{ left: at(p95) }} />}
      <i className="rail-dot ring" style={{ left: at(p75) }} />
    </span>
  );
}
