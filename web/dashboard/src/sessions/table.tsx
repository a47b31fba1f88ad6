// The list of sessions. J and K move, Enter opens, X ticks; what is ticked is played one after another. The columns go by priority as the window gets narrower.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Button, UnstyledButton } from "../controls/button";
import { clock, duration } from "../format";
import { CauseGlyph, HARMLESS } from "../parts/glyphs";
import { showKeys } from "../frame/keys";
import { DeviceIcon } from "../parts/device_icon";
import { LongRows, rowCount, type LongRowsHandle, type RowPlace } from "../parts/long_rows";
import { MiniTimeline } from "../parts/mini_timeline";
import { useRowKeys } from "../parts/row_keys";
import { usePageKeys } from "../frame/page_keys";
import { ScoreMark } from "../parts/score_mark";
import { sessionLine } from "../parts/session_line";
import { SortButton, SortMenu } from "../parts/sort";
import { SessionLink, useChangeSearch, useProject, useSearchState } from "../place";
import { SORTS, type Sort } from "../search";
import type { SessionRow } from "../types";
import { keysWords } from "../keys_words";
import { TickAll, TickBox, TickedBar } from "./ticked";
import { useTicks } from "./ticks";
import { sessionsWords } from "../sessions_words";
import { causeOfSignal, signalName, words } from "../words";

const SORT_NAMES: Record<Sort, string> = {
  score: sessionsWords.columns.score, started: sessionsWords.columns.started, duration: sessionsWords.columns.length,
};

interface TableProps {
  rows: SessionRow[];
  total: number;
  stale: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  /** Why the next rows did not come. */
  problem: Error | null;
  onMore: () => void;
}

/** The sort of the URL, and a press on a column: the first press takes the column's natural direction, the next turns it. */
function useSort() {
  const search = useSearchState();
  const change = useChangeSearch();
  const sort = search.sort ?? "started";
  const order = search.order ?? (sort === "score" ? "asc" : "desc");
  const by = (column: Sort) => {
    const turned = order === "asc" ? "desc" : "asc";
    change({ sort: column, order: column === sort ? turned : column === "score" ? "asc" : "desc" });
  };
  return { sort, order, by };
}

export function SessionTable({ rows, total, stale, hasMore, isLoadingMore, problem, onMore }: TableProps) {
  const project = useProject();
  const search = useSearchState();
  const navigate = useNavigate();
  // Kept as an id: new sessions come in above while one reads.
  const [currentId, setCurrentId] = useState<string | null>(null);
  const current = rows.findIndex((row) => row.session_id === currentId);
  const list = useRef<LongRowsHandle>(null);
  const open = (row: SessionRow | undefined) => {
    if (row) void navigate({ to: "/p/$project/sessions/$sessionId", params: { project, sessionId: row.session_id }, search });
  };
  const go = (index: number) => {
    setCurrentId(rows[index]?.session_id ?? null);
    list.current?.reach(index, true);
  };
  useRowKeys(list, rows.length, go, () => current);
  const ticks = useTicks(rows.map(keyOf));
  const tick = (isRange: boolean) => currentId !== null && current >= 0 && ticks.press(currentId, isRange);
  usePageKeys([
    ["X", () => tick(false)],
    ["shift+X", () => tick(true)],
  ]);

  return (
    <section className={`card table-card ${stale ? "stale" : ""}`} aria-label={sessionsWords.title} aria-busy={stale}>
      <Sorting />
      <table className="session-table" {...rowCount(total)}>
        <thead>
          <tr aria-rowindex={1}>
            <TickAll ticks={ticks} shown={rows.length} />
            <SortHead column="score" />
            <SortHead column="started" before={sessionsWords.columns.session} />
            <th scope="col" className="col-happened">{sessionsWords.columns.happened}</th>
            <th scope="col" className="col-signals">{sessionsWords.columns.signals}</th>
            <th scope="col" className="col-waited number">{sessionsWords.columns.waited}</th>
            <SortHead column="duration" className="number" />
            <th scope="col" className="col-release number">{sessionsWords.columns.release}</th>
          </tr>
        </thead>
        <LongRows as="tbody" ref={list} rows={rows} total={total} keyOf={keyOf} height={76}>
          {(row, place) => <Row row={row} place={place} isCurrent={row.session_id === currentId} isTicked={ticks.has(row.session_id)} onTick={(isRange) => ticks.press(row.session_id, isRange)} onFocus={() => setCurrentId(row.session_id)} onOpen={() => open(row)} />}
        </LongRows>
      </table>
      <footer className={`table-foot ${ticks.ids.length ? "ticked" : ""}`}>
        <TickedBar ticks={ticks} shown={rows.length} />
        <span aria-live="polite">{sessionsWords.shown(rows.length, total)}</span>
        {hasMore && <More isLoading={isLoadingMore} problem={problem} onMore={onMore} />}
        <span className="keys wide-only">
          <kbd>J</kbd> <kbd>K</kbd> {sessionsWords.keys.move}, <kbd>Enter</kbd> {sessionsWords.keys.open}, <kbd>X</kbd> {sessionsWords.keys.tick}, <kbd>/</kbd> {sessionsWords.keys.search},{" "}
          <UnstyledButton className="keys-link" onClick={showKeys}>
            <kbd>?</kbd> {keysWords.open.toLowerCase()}
          </UnstyledButton>
        </span>
      </footer>
    </section>
  );
}

function keyOf(row: SessionRow): string {
  return row.session_id;
}

/** `before`: what the column shows, where that is not what it sorts by. */
function SortHead({ column, before, className = "" }: { column: Sort; before?: string; className?: string }) {
  const { sort, order, by } = useSort();
  const isSorted = sort === column;
  return (
    <th scope="col" className={`col-${column} ${className}`} aria-sort={isSorted ? (order === "asc" ? "ascending" : "descending") : "none"}>
      {before && <span className="head-before">{before}</span>}
      <SortButton name={SORT_NAMES[column]} isSorted={isSorted} order={order} onSort={() => by(column)} />
    </th>
  );
}

function Sorting() {
  const { sort, by } = useSort();
  return <SortMenu label={sessionsWords.sortBy} names={SORTS.map((column) => [column, SORT_NAMES[column]] as const)} sort={sort} onSort={by} />;
}

interface RowProps {
  row: SessionRow;
  place: RowPlace;
  isCurrent: boolean;
  isTicked: boolean;
  onTick: (isRange: boolean) => void;
  onFocus: () => void;
  onOpen: () => void;
}

function Row({ row, place, isCurrent, isTicked, onTick, onFocus, onOpen }: RowProps) {
  return (
    <tr {...place} className={`${isCurrent ? "current" : ""} ${isTicked ? "is-ticked" : ""}`} onClick={(event) => !(event.target instanceof Element && event.target.closest("a")) && onOpen()} onFocus={onFocus}>
      <TickBox title={row.title} isTicked={isTicked} onTick={onTick} />
      <td className="col-score">
        <ScoreMark score={row.score} band={row.score_band} isFinal={row.is_final} />
      </td>
      <td className="col-started">
        <SessionLink sessionId={row.session_id} className="row-link">
          {row.title}
        </SessionLink>
        <small className="row-line">
          <DeviceIcon type={row.device_type} size={15} /> {sessionLine(row)}
        </small>
      </td>
      <td className="col-happened">
        <MiniTimeline row={row} />
      </td>
      <td className="col-signals">
        <SignalSigns counts={row.signal_counts} />
      </td>
      <td className="col-waited number">{row.waited_ms > 0 ? duration(row.waited_ms) : "–"}</td>
      <td className="col-duration number">{clock(row.duration_ms)}</td>
      <td className="col-release number quiet">{row.app_version ?? "–"}</td>
    </tr>
  );
}

/** One sign per kind of signal, with a count from two on; the name is in the tooltip and for screen readers. Repeated clicks
 * that were no rage cost nothing and say nothing here. */
function SignalSigns({ counts }: { counts: Record<string, number> }) {
  const kinds = Object.entries(counts).filter(([type, n]) => n > 0 && type !== HARMLESS);
  if (kinds.length === 0) return <span className="quiet">–</span>;
  return (
    <ul className="signs">
      {kinds.map(([type, n]) => (
        <li key={type} title={`${signalName(type)}: ${n}`}>
          <CauseGlyph cause={causeOfSignal(type)} signal={type} size={14} />
          <span className="sr">{signalName(type)}</span>
          {n > 1 && n}
        </li>
      ))}
    </ul>
  );
}

/** Loads the next rows when it comes into view, or when pressed; after a failure only when pressed. */
function More({ isLoading, problem, onMore }: { isLoading: boolean; problem: Error | null; onMore: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const load = useRef(onMore);
  load.current = onMore;
  const hasFailed = problem !== null;
  useEffect(() => {
    // An observer tells at once of what is in view: while the rows are on their way it would ask for them again.
    if (hasFailed || isLoading) return;
    const observer = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && load.current(), { rootMargin: "300px" });
    if (button.current) observer.observe(button.current);
    return () => observer.disconnect();
  }, [isLoading, hasFailed]);
  return (
    <>
      {problem && <span role="alert" className="field-error">{problem.message}</span>}
      <Button ref={button} loading={isLoading} onClick={onMore}>
        {problem ? words.states.again : sessionsWords.more}
      </Button>
    </>
  );
}
