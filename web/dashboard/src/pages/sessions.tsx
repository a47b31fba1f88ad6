// Sessions: search by what happened, the histogram of their scores, and the list itself, paged on by its last row.
import "../styles/sessions.css";
import { lazy, Suspense } from "react";
import { Button } from "../controls/button";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { Blocks, Nothing } from "../parts/states";
import { useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { LIST_FILTERS, SEGMENT, type Search } from "../search";
import { useElementNames } from "../segment/element_names";
import { ExportButton } from "../sessions/export";
import { chipsOf, Filters } from "../sessions/filters";
import { Histogram } from "../sessions/histogram";
import { useLiveList } from "../sessions/live_list";
import { SessionTable } from "../sessions/table";
import { overviewWords } from "../overview_words";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";

const Drops = lazy(() => import("../segment/drops"));

export function Page() {
  const slug = useProject();
  const search = useSearchState();
  const { list, first, rows } = useLiveList(slug, search, usePeriod());
  const isEmpty = first?.total === 0 && !list.isPlaceholderData;
  const firstRun = useFirstRun(slug, isEmpty);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  return (
    <div className="page sessions">
      <title>{`${sessionsWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{sessionsWords.title}</h1>
        {first && <p aria-live="polite">{sessionsWords.total(first.total)}</p>}
        {first && <ExportButton total={first.total} />}
      </header>
      <Card className="search-card">
        <Filters />
        {first ? <Histogram bins={first.score_histogram} /> : !list.error && <Blocks blocks={[["100%", 78]]} />}
      </Card>
      <Answer to={{ data: first, error: list.error, refetch: list.refetch }} title={sessionsWords.title} isWaiting={firstRun.isPending}>
        {({ total }) =>
          isEmpty ? (
            <Card>
              <NoMatch />
            </Card>
          ) : (
            <SessionTable rows={rows} total={total} stale={list.isPlaceholderData} hasMore={list.hasNextPage} isLoadingMore={list.isFetchingNextPage} problem={list.isFetchNextPageError ? list.error : null} onMore={() => void list.fetchNextPage()} />
          )
        }
      </Answer>
    </div>
  );
}

function NoMatch() {
  const change = useChangeSearch();
  const search = useSearchState();
  const filters: readonly (keyof Search)[] = [...LIST_FILTERS, ...SEGMENT];
  const isFiltered = filters.some((name) => search[name] !== undefined);
  const nameOf = useElementNames(search);
  const chips = isFiltered ? chipsOf(search, nameOf) : [];
  const clear = () => change(Object.fromEntries(filters.map((name) => [name, undefined])));
  return (
    <Nothing isFiltered={isFiltered} title={isFiltered ? sessionsWords.noMatch : overviewWords.empty} text={isFiltered ? sessionsWords.noMatchSub : overviewWords.emptySub}>
      {isFiltered && (
        <Button variant="filled" onClick={clear}>
          {sessionsWords.clear}
        </Button>
      )}
      {!isFiltered && !search.bots && <Button onClick={() => change({ bots: 1 })}>{overviewWords.withBots}</Button>}
      {chips.length > 0 && (
        <Suspense fallback={<div className="state-actions drops" />}>
          <Drops of={chips} />
        </Suspense>
      )}
      {search.period !== "30d" && <Button onClick={() => change({ period: "30d", since: undefined, until: undefined })}>{overviewWords.widen}</Button>}
    </Nothing>
  );
}
