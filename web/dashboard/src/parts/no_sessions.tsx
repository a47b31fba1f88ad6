// A page of a period without sessions: what one can do about it.
import { lazy, Suspense, type ReactNode } from "react";
import { Button } from "../controls/button";
import { useChangeSearch, useSearchState } from "../place";
import { overviewWords } from "../overview_words";
import { words } from "../words";
import { Card } from "./card";
import { useNarrowing } from "./none_left";
import { Nothing } from "./states";

const Drops = lazy(() => import("../segment/drops"));

interface NoSessionsProps {
  title?: string;
  text?: string;
  /** Whether something beside the segment may be what empties it, such as a text that is searched for. */
  isFiltered?: boolean;
  /** The texts are true of what the filter leaves: they stay while one is on. */
  isOfFilter?: boolean;
  /** Buttons before those that every page has. */
  children?: ReactNode;
}

export function NoSessions({ stale, ...said }: NoSessionsProps & { stale?: boolean }) {
  return (
    <Card stale={stale}>
      <NoneInCard {...said} />
    </Card>
  );
}

/** The same inside of a card that is there already. While a filter is on, nothing is said of the whole period. */
export function NoneInCard({ title = overviewWords.empty, text = overviewWords.emptySub, isFiltered = false, isOfFilter = false, children }: NoSessionsProps) {
  const change = useChangeSearch();
  const search = useSearchState();
  const { isNarrowed, clear } = useNarrowing();
  const isOwn = !isNarrowed || isFiltered || isOfFilter;
  return (
    <Nothing title={isOwn ? title : words.states.leavesNone} text={isOwn ? text : words.states.leavesNoneSub} isFiltered={isFiltered || isNarrowed}>
      {children}
      {isNarrowed && <Button onClick={clear}>{words.states.clearFilters}</Button>}
      {search.period !== "30d" && <Button onClick={() => change({ period: "30d", since: undefined, until: undefined })}>{overviewWords.widen}</Button>}
      {!search.bots && <Button onClick={() => change({ bots: 1 })}>{overviewWords.withBots}</Button>}
      {isNarrowed && (
        <Suspense fallback={<div className="state-actions drops" />}>
          <Drops />
        </Suspense>
      )}
    </Nothing>
  );
}
