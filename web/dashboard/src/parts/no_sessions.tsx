// A page of a period without sessions: what one can do about it.
import { lazy, Suspense, type ReactNode } from "react";
import { Button } from "../controls/button";
import { useChangeSearch, useSearchState } from "../place";
import { SEGMENT } from "../search";
import { overviewWords } from "../overview_words";
import { Card } from "./card";
import { Nothing } from "./states";

const Drops = lazy(() => import("../segment/drops"));
const NARROWING = SEGMENT.filter((name) => name !== "bots");

interface NoSessionsProps {
  title?: string;
  text?: string;
  /** Whether something beside the segment may be what empties it, such as a text that is searched for. */
  isFiltered?: boolean;
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

/** The same inside of a card that is there already. */
export function NoneInCard({ title = overviewWords.empty, text = overviewWords.emptySub, isFiltered = false, children }: NoSessionsProps) {
  const change = useChangeSearch();
  const search = useSearchState();
  const isNarrowed = NARROWING.some((name) => search[name] !== undefined);
  return (
    <Nothing title={title} text={text} isFiltered={isFiltered || isNarrowed}>
      {children}
      {search.period !== "30d" && <Button onClick={() => change({ period: "30d", since: undefined, until: undefined })}>{overviewWords.widen}</Button>}
      {!search.bots && <Button onClick={() => change({ bots: 1 })}>{overviewWords.withBots}</Button>}
      {isNarrowed && <Button onClick={() => change(Object.fromEntries(NARROWING.map((name) => [name, undefined])))}>{overviewWords.clear}</Button>}
      {isNarrowed && (
        <Suspense fallback={<div className="state-actions drops" />}>
          <Drops />
        </Suspense>
      )}
    </Nothing>
  );
}
