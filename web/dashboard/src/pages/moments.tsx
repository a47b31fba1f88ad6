// Moments: likely frustrated ones and others, with their evidence in words; estimates of moments, not of people.
import "../styles/sessions.css";
import "../styles/moments.css";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { NativeSelect } from "../controls/input";
import { MomentRows } from "../moments/list";
import { momentsQuery } from "../moments/queries";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { MomentLine } from "../parts/glyphs";
import { NoSessions } from "../parts/no_sessions";
import { NoneLeft } from "../parts/none_left";
import { Nothing } from "../parts/states";
import { SessionsLink, useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import { EMOTIONS, filterSearch, STRENGTHS } from "../search";
import type { MomentLineRow, MomentList } from "../types";
import { momentsWords } from "../moments_words";
import { words } from "../words";

export function Page() {
  const { user } = useSearchState();
  return (
    <div className="page moments">
      <title>{`${momentsWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{momentsWords.title}</h1>
        <span className="tag">{momentsWords.beta}</span>
        <p className="moments-lead">{momentsWords.lead}</p>
      </header>
      {user === undefined ? <All /> : <NoPerson />}
    </div>
  );
}

function NoPerson() {
  const change = useChangeSearch();
  return (
    <Card>
      <Nothing title={momentsWords.person} text={momentsWords.personSub}>
        <Button onClick={() => change({ user: undefined })}>{momentsWords.personDrop}</Button>
      </Nothing>
    </Card>
  );
}

function All() {
  const slug = useProject();
  const list = useInfiniteQuery(momentsQuery(slug, useSearchState(), usePeriod()));
  const firstRun = useFirstRun(slug, list.data?.pages[0]?.sessions === 0 && !list.isPlaceholderData);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  return (
    <Answer to={list} title={momentsWords.title} isWaiting={firstRun.isPending}>
      {({ pages: [page, ...others] }) => page && <Found list={list} first={page} rows={[page, ...others].flatMap(({ rows }) => rows)} />}
    </Answer>
  );
}

interface FoundProps {
  list: Pick<ReturnType<typeof useInfiniteQuery>, "isPlaceholderData" | "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
  first: MomentList;
  rows: readonly MomentLineRow[];
}

function Found({ list, first, rows }: FoundProps) {
  const search = useSearchState();
  const change = useChangeSearch();
  const stale = list.isPlaceholderData;
  if (first.sessions === 0) return <NoSessions />;
  if (first.is_few) return <NoSessions title={momentsWords.few(first.sessions)} text={momentsWords.fewSub(first.min_sessions)} isOfFilter />;
  const isNarrowed = search.emotion !== undefined || search.strength !== undefined;
  return (
    <>
      <Kinds list={first} />
      {rows.length === 0 ? (
        <Card stale={stale}>
          {isNarrowed ? (
            <Nothing isFiltered title={momentsWords.emptyKind} text={momentsWords.emptySub}>
              <Button onClick={() => change({ emotion: undefined, strength: undefined })}>{momentsWords.clear}</Button>
            </Nothing>
          ) : (
            <NoneLeft title={momentsWords.empty} text={momentsWords.emptySub} />
          )}
        </Card>
      ) : (
        <MomentRows rows={rows} stale={stale} hasMore={list.hasNextPage} isLoadingMore={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
      )}
    </>
  );
}

/** What there is of each kind; a press narrows the list, the number opens the sessions. */
function Kinds({ list }: { list: MomentList }) {
  const { emotion, strength } = useSearchState();
  const change = useChangeSearch();
  const found = EMOTIONS.map((kind) => list.counts.find((row) => row.emotion === kind)).filter((row) => row !== undefined);
  return (
    <div className="moment-controls">
      <ul className="moment-kinds" aria-label={momentsWords.filter}>
        <li>
          <Button aria-pressed={emotion === undefined} data-on={emotion === undefined} onClick={() => change({ emotion: undefined })}>
            {momentsWords.all}
          </Button>
        </li>
        {found.map((row) => (
          <li key={row.emotion}>
            <Button aria-pressed={emotion === row.emotion} data-on={emotion === row.emotion} leftSection={<MomentLine emotion={row.emotion} size={20} />} onClick={() => change({ emotion: EMOTIONS.find((kind) => kind === row.emotion) })}>
              {momentsWords.kind[row.emotion]} {momentsWords.count(row.moments)}
            </Button>
            <SessionsLink search={filterSearch(row.filter)} className="number-link quiet" label={`${momentsWords.kind[row.emotion]}: ${momentsWords.sessions(row.sessions)}`}>
              {momentsWords.sessions(row.sessions)}
            </SessionsLink>
          </li>
        ))}
      </ul>
      <NativeSelect aria-label={momentsWords.strength.label} value={strength ?? ""} onChange={(event) => change({ strength: STRENGTHS.find((one) => one === event.currentTarget.value) })} data={[{ value: "", label: momentsWords.strength.any ?? "" }, ...STRENGTHS.map((value) => ({ value, label: momentsWords.strength[value] ?? value }))]} />
    </div>
  );
}
