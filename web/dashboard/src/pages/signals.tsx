// Signals: by kind and place, with examples to judge, muting, and the laboratory of thresholds.
import "../styles/sessions.css";
import "../styles/signals.css";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { Answer, ListLoading } from "../parts/answer";
import { Card } from "../parts/card";
import { comparedWith } from "../parts/comparable";
import { NoSessions } from "../parts/no_sessions";
import { Blocks, SlowNote } from "../parts/states";
import { SegmentedControl } from "../controls/segmented";
import { beforeWords } from "../period";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { Examples } from "../signals/examples";
import { Kinds } from "../signals/kinds";
import { MutedCard, Proposals } from "../signals/mute";
import { Places } from "../signals/places";
import { signalsQuery, type ExamplePlace } from "../signals/queries";
import type { Search } from "../search";
import type { SignalList } from "../types";
import { signalsWords } from "../signals_words";
import { words } from "../words";

const Laboratory = lazy(() => import("../signals/laboratory").then((m) => ({ default: m.Laboratory })));
const STEP = 12;
const MOST = 500;
const { views } = signalsWords;

export function Page() {
  const search = useSearchState();
  const change = useChangeSearch();
  const isLab = search.lab === 1;
  return (
    <div className="page signals">
      <title>{`${signalsWords.title} · ${words.product}`}</title>
      <header className="page-head signals-head">
        <h1>{signalsWords.title}</h1>
        <SegmentedControl aria-label={views.label} value={isLab ? "lab" : "list"} onChange={(value) => change({ lab: value === "lab" ? 1 : undefined })} data={[{ value: "list", label: views.list }, { value: "lab", label: views.lab }]} />
        {!isLab && <Population />}
      </header>
      {isLab ? (
        <Suspense fallback={<ListLoading />}>
          <Laboratory />
        </Suspense>
      ) : (
        <Seen />
      )}
    </div>
  );
}

function Population() {
  const before = beforeWords(usePeriod());
  const { data } = useQuery(signalsQuery(useProject(), useSearchState(), usePeriod(), STEP));
  if (!data || data.sessions === 0) return null;
  return (
    <p aria-live="polite">
      {signalsWords.population(data.signals)}
      <SessionsLink>{signalsWords.sessions(data.sessions)}</SessionsLink>, {comparedWith(data, before)}
    </p>
  );
}

function Seen() {
  const slug = useProject();
  const [limit, setLimit] = useState(STEP);
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(signalsQuery(slug, useSearchState(), usePeriod(), limit));
  const firstRun = useFirstRun(slug, data?.sessions === 0 && !stale);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  return (
    <Answer to={{ data, error, refetch }} title={signalsWords.title} waiting={<Waiting />} isWaiting={firstRun.isPending}>
      {(list) => <Found list={list} stale={stale} onMore={limit < MOST ? () => setLimit(Math.min(MOST, limit * 5)) : undefined} />}
    </Answer>
  );
}

/** In the shape of what comes. */
function Waiting() {
  const rows = (count: number) => Array.from({ length: count }, () => ["100%", 36] as const);
  return (
    <div className="grid two">
      <Card title={signalsWords.kinds.title}>
        <Blocks blocks={rows(10)} />
        <SlowNote />
      </Card>
      <Card title={signalsWords.places.title(null)}>
        <Blocks blocks={rows(STEP)} />
      </Card>
    </div>
  );
}

function Found({ list, stale, onMore }: { list: SignalList; stale: boolean; onMore: (() => void) | undefined }) {
  const search = useSearchState();
  if (list.signals === 0) {
    return (
      <>
        <NoSessions title={signalsWords.empty} text={signalsWords.emptySub} />
        <MutedCard />
      </>
    );
  }
  const place = chosen(search, list);
  const row = place && list.places.find((one) => one.type === place.kind && one.element_id === place.element && one.screen === place.screen);
  return (
    <>
      <Proposals />
      <div className="grid two">
        <div className="stack">
          <Kinds list={list} selected={search.kind} stale={stale} />
          <MutedCard />
        </div>
        <Places list={list} kind={search.kind} selected={row} stale={stale} onMore={onMore} />
      </div>
      {place && <Examples key={`${place.kind} ${place.element ?? ""} ${place.screen ?? ""}`} place={place} row={row} />}
    </>
  );
}

/** The place of the examples: what was pressed, else the kind, else what costs most. */
function chosen({ kind, element, on }: Search, list: SignalList): ExamplePlace | undefined {
  if (kind !== undefined) return { kind, element, screen: element === undefined ? undefined : (on ?? "") };
  const [first] = list.places;
  return first && { kind: first.type, element: first.element_id, screen: first.screen };
}
