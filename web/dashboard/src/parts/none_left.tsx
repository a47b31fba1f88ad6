// Where a page has sessions and a part of it has nothing to show. While a filter is on, it is the filter that leaves none: nothing is
// said of the whole period then.
import type { ReactNode } from "react";
import { Button } from "../controls/button";
import { useChangeSearch, useSearchState } from "../place";
import { SEGMENT } from "../search";
import { words } from "../words";
import { Nothing } from "./states";

const NARROWING = SEGMENT.filter((name) => name !== "bots");

/** Whether the segment of the page leaves sessions out, and what takes it away. */
export function useNarrowing(): { isNarrowed: boolean; clear: () => void } {
  const change = useChangeSearch();
  const search = useSearchState();
  return {
    isNarrowed: NARROWING.some((name) => search[name] !== undefined),
    clear: () => change(Object.fromEntries(NARROWING.map((name) => [name, undefined]))),
  };
}

/** In a card: `title` and `text` are what is said without a filter. */
export function NoneLeft({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  const { isNarrowed, clear } = useNarrowing();
  if (!isNarrowed) {
    return (
      <Nothing title={title} text={text}>
        {children}
      </Nothing>
    );
  }
  return (
    <Nothing title={words.states.leavesNone} text={words.states.leavesNoneSub} isFiltered>
      {children}
      <Button onClick={clear}>{words.states.clearFilters}</Button>
    </Nothing>
  );
}

/** The same in one line. */
export function NoneLine({ text }: { text: string }) {
  const { isNarrowed, clear } = useNarrowing();
  if (!isNarrowed) return <p className="quiet">{text}</p>;
  return (
    <p className="quiet">
      {words.states.leavesNone}.{" "}
      <button type="button" className="time-link" onClick={clear}>
        {words.states.clearFilters}
      </button>
    </p>
  );
}
