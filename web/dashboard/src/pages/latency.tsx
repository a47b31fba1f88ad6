// Latency: how long each API took and what that goes together with; one API in depth; web vitals by screen.
import "../styles/sessions.css";
import "../styles/latency.css";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { DistributionCard, ScreensCard, SlowestCard, TrendCard } from "../latency/api_detail";
import { ApiTable } from "../latency/api_table";
import { DoseCard } from "../latency/dose_card";
import { apiName } from "../latency/numbers";
import { Answer, ListLoading } from "../parts/answer";
import { Card } from "../parts/card";
import { comparedWith } from "../parts/comparable";
import { OrFirstRun } from "../parts/first_run_lazy";
import { NoSessions } from "../parts/no_sessions";
import { NoneLeft } from "../parts/none_left";
import { beforeWords } from "../period";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { apiQuery, latencyQuery } from "../latency/queries";
import { latencyWords } from "../latency_words";
import { words } from "../words";

const Switch = lazy(() => import("../controls/segmented").then((m) => ({ default: m.SegmentedControl })));
const VitalsTable = lazy(() => import("../latency/vitals_table").then((m) => ({ default: m.VitalsTable })));

export function Page() {
  const search = useSearchState();
  const change = useChangeSearch();
  return (
    <div className="page latency">
      <title>{`${latencyWords.title} · ${words.product}`}</title>
      <header className="page-head latency-head">
        <h1>{latencyWords.title}</h1>
        <Suspense fallback={<span className="switch-place" />}>
          <Switch
            aria-label={latencyWords.choose}
            value={search.view ?? "apis"}
            onChange={(value) => change({ view: value === "vitals" ? "vitals" : undefined })}
            data={[{ value: "apis", label: latencyWords.views.apis }, { value: "vitals", label: latencyWords.views.vitals }]}
          />
        </Suspense>
        {search.view !== "vitals" && <Population />}
      </header>
      {search.view === "vitals" ? (
        <Suspense fallback={<ListLoading />}>
          <VitalsTable />
        </Suspense>
      ) : (
        <Apis />
      )}
    </div>
  );
}

function useApis() {
  return useInfiniteQuery(latencyQuery(useProject(), useSearchState(), usePeriod()));
}

function Population() {
  const first = useApis().data?.pages[0];
  const before = beforeWords(usePeriod());
  if (!first || first.calls === 0) return null;
  return (
    <p aria-live="polite">
      {latencyWords.population(first.calls)} <SessionsLink search={{ api_status: "any" }}>{latencyWords.inSessions(first.sessions)}</SessionsLink>, {comparedWith(first, before)}
    </p>
  );
}

function Apis() {
  const { data, error, isPlaceholderData, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useApis();
  const { api } = useSearchState();
  return (
    <Answer to={{ data, error, refetch }} title={latencyWords.title}>
      {({ pages }) => {
        const selected = api ?? pages[0]?.rows[0]?.api;
        if (selected === undefined || pages[0]?.calls === 0) return <OrFirstRun><NoSessions title={latencyWords.empty} text={latencyWords.emptySub} /></OrFirstRun>;
        return (
          <>
            <ApiTable pages={pages} selected={selected} stale={isPlaceholderData} hasMore={hasNextPage} isLoadingMore={isFetchingNextPage} onMore={() => void fetchNextPage()} />
            <Depth selected={selected} />
          </>
        );
      }}
    </Answer>
  );
}

/** The chosen API. */
function Depth({ selected }: { selected: string }) {
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(apiQuery(useProject(), useSearchState(), usePeriod(), selected));
  const part = data?.row ? { detail: data, row: data.row, stale } : null;
  return (
    <>
      <div className="grid two" id="api-depth">
        <DoseCard selected={selected} />
        {part ? (
          <TrendCard {...part} />
        ) : (
          <Card title={apiName(selected)} className="tall">
            <Answer to={{ data, error, refetch }} blocks={[["100%", 340], ["100%", 60]]}>
              {() => <NoneLeft title={latencyWords.notCalled(apiName(selected))} />}
            </Answer>
          </Card>
        )}
      </div>
      {part && (
        <div className="grid two top">
          <div className="stack">
            <DistributionCard {...part} />
            <ScreensCard {...part} />
          </div>
          <SlowestCard {...part} />
        </div>
      )}
    </>
  );
}
