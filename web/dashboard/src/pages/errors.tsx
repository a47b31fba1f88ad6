// Errors: what went wrong in the pages, grouped by mistake, with who met it and since when.
import "../styles/sessions.css";
import "../styles/errors.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { ErrorTable } from "../errors/table";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { SegmentedControl } from "../controls/segmented";
import { Nothing } from "../parts/states";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { errorsQuery } from "../errors/queries";
import { ERROR_ORIGINS, type ErrorOrigin } from "../search";
import { TextSearch } from "../sessions/filters";
import type { ErrorGroups } from "../types";
import { overviewWords } from "../overview_words";
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
            <Card stale={stale}>
              <NoError />
            </Card>
          ) : (
            <ErrorTable rows={pages.flatMap((page) => page.rows)} total={pages[0]?.total ?? 0} stale={stale} hasMore={list.hasNextPage} isLoadingMore={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
          )
        }
      </Answer>
    </div>
  );
}

/** Of the whole period, whatever is searched for. */
function Population({ list }: { list: ErrorGroups }) {
  const { error_origin = "own", q } = useSearchState();
  return (
    <p aria-live="polite">
      {q ? errorWords.population.searched : errorWords.population.errors(list.errors, list.total)}
      <SessionsLink search={{ error_origin }}>{errorWords.population.sessions(list.sessions, list.all_sessions)}</SessionsLink>
      {errorWords.population.users(list.users)}
    </p>
  );
}

function OriginSwitch() {
  const { error_origin = "own" } = useSearchState();
  const change = useChangeSearch();
  const choose = (value: string) => change({ error_origin: value === "own" ? undefined : (value as ErrorOrigin) });
  return <SegmentedControl aria-label={errorWords.origin.label} value={error_origin} onChange={choose} data={ERROR_ORIGINS.map((value) => ({ value, label: errorWords.origin[value] }))} />;
}

function NoError() {
  const change = useChangeSearch();
  const { q, period, error_origin, bots } = useSearchState();
  const title = q ? errorWords.noMatch : error_origin === "foreign" ? errorWords.emptyForeign : errorWords.empty;
  return (
    <Nothing isFiltered={Boolean(q)} title={title} text={q ? errorWords.noMatchSub : errorWords.emptySub}>
      {q && (
        <Button variant="filled" onClick={() => change({ q: undefined })}>
          {errorWords.clear}
        </Button>
      )}
      {!q && !bots && <Button onClick={() => change({ bots: 1 })}>{overviewWords.withBots}</Button>}
      {period !== "30d" && <Button onClick={() => change({ period: "30d", since: undefined, until: undefined })}>{overviewWords.widen}</Button>}
    </Nothing>
  );
}
