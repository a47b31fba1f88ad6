// Errors: what went wrong in the pages, grouped by mistake, with who met it and since when.
import "../styles/sessions.css";
import "../styles/errors.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { ErrorTable } from "../errors/table";
import { Answer } from "../parts/answer";
import { comparedWith } from "../parts/comparable";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { NoSessions } from "../parts/no_sessions";
import { SegmentedControl } from "../controls/segmented";
import { beforeWords } from "../period";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { errorsQuery } from "../errors/queries";
import { ERROR_ORIGINS, type ErrorOrigin } from "../search";
import { TextSearch } from "../sessions/filters";
import type { ErrorGroups } from "../types";
import { errorWords } from "../error_words";
import { words } from "../words";

export function Page() {
  const slug = useProject();
  const search = useSearchState();
  const list = useInfiniteQuery(errorsQuery(slug, search, usePeriod()));
  const first = list.data?.pages[0];
  const stale = list.isPlaceholderData;
  const firstRun = useFirstRun(slug, first?.all_sessions === 0 && !stale);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  return (
    <div className="page errors">
      <title>{`${errorWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{errorWords.title}</h1>
        {first && first.sessions > 0 && <Population list={first} />}
      </header>
      <div className="error-controls">
        <TextSearch label={errorWords.search} />
        <OriginSwitch />
      </div>
      <Answer to={list} title={errorWords.title} isWaiting={firstRun.isPending}>
        {({ pages }) =>
          pages[0]?.total === 0 ? (
            <NoError stale={stale} />
          ) : (
            <ErrorTable totals={pages[0] ?? { all_sessions: 0, all_sessions_before: null }} rows={pages.flatMap((page) => page.rows)} total={pages[0]?.total ?? 0} stale={stale} hasMore={list.hasNextPage} isLoadingMore={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
          )
        }
      </Answer>
    </div>
  );
}

/** Of the whole period, whatever is searched for. */
function Population({ list }: { list: ErrorGroups }) {
  const { error_origin = "own", q } = useSearchState();
  const before = beforeWords(usePeriod());
  return (
    <p aria-live="polite">
      {q ? errorWords.population.searched : errorWords.population.errors(list.errors, list.total)}
      <SessionsLink search={{ error_origin }}>{errorWords.population.sessions(list.sessions, list.all_sessions)}</SessionsLink>
      {errorWords.population.users(list.users)}, {comparedWith({ sessions: list.all_sessions, sessions_before: list.all_sessions_before }, before)}
    </p>
  );
}

function OriginSwitch() {
  const { error_origin = "own" } = useSearchState();
  const change = useChangeSearch();
  const choose = (value: string) => change({ error_origin: value === "own" ? undefined : (value as ErrorOrigin) });
  return <SegmentedControl aria-label={errorWords.origin.label} value={error_origin} onChange={choose} data={ERROR_ORIGINS.map((value) => ({ value, label: errorWords.origin[value] }))} />;
}

function NoError({ stale }: { stale: boolean }) {
  const change = useChangeSearch();
  const { q, error_origin } = useSearchState();
  const title = q ? errorWords.noMatch : error_origin === "foreign" ? errorWords.emptyForeign : errorWords.empty;
  return (
    <NoSessions title={title} text={q ? errorWords.noMatchSub : error_origin === "foreign" ? errorWords.emptyForeignSub : errorWords.emptySub} isFiltered={Boolean(q)} stale={stale}>
      {q && (
        <Button variant="filled" onClick={() => change({ q: undefined })}>
          {errorWords.clear}
        </Button>
      )}
    </NoSessions>
  );
}
