// Which condition empties a page: each with the sessions that there are without it. Asked only when there is none with all of them.
import { useQuery } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { useChangeSearch, usePeriod, useProject, useSearchState } from "../place";
import type { Search } from "../search";
import { segmentWords } from "../segment_words";
import { conditionsOf } from "./conditions";
import { useElementNames } from "./element_names";
import { withoutEachQuery } from "./queries";

/** As many as a segment takes. */
const MOST_ASKED = 12;
const MOST_SHOWN = 4;

export interface Droppable {
  name: string;
  /** What the address becomes without it. */
  drop: Search;
}

/** `of`: the conditions of the list of sessions; without them those of the segment that every page has. */
export default function Drops({ of }: { of?: readonly Droppable[] }) {
  const search = useSearchState();
  const change = useChangeSearch();
  // Without "programs and staff too" there are never more.
  const nameOf = useElementNames(search);
  const conditions = (of ?? conditionsOf(search, nameOf)).filter(({ drop }) => !("bots" in drop)).slice(0, MOST_ASKED);
  const { data } = useQuery(withoutEachQuery(useProject(), search, usePeriod(), conditions, of !== undefined));
  const found = data?.map((sessions, index) => ({ sessions, condition: conditions[index] })).filter(({ sessions }) => sessions > 0).sort((a, b) => b.sessions - a.sessions);
  if (conditions.length === 0) return null;
  return (
    <div className="state-actions drops" aria-live="polite">
      {found?.slice(0, MOST_SHOWN).map(
        ({ sessions, condition }) =>
          condition && (
            <Button key={condition.name} onClick={() => change(condition.drop)}>
              {segmentWords.drop(condition.name, sessions)}
            </Button>
          ),
      )}
      {found?.length === 0 && data && data.length > 1 && <p>{segmentWords.dropNone}</p>}
    </div>
  );
}
