// A page of a period without sessions: what one can do about it.
import { Button } from "../controls/button";
import { useChangeSearch, useSearchState } from "../place";
import { SEGMENT } from "../search";
import { overviewWords } from "../overview_words";
import { Card } from "./card";
import { Nothing } from "./states";

export function NoSessions({ title = overviewWords.empty, text = overviewWords.emptySub }: { title?: string; text?: string }) {
  const change = useChangeSearch();
  const search = useSearchState();
  const isNarrowed = SEGMENT.some((name) => name !== "bots" && search[name] !== undefined);
  return (
    <Card>
      <Nothing title={title} text={text} isFiltered={isNarrowed}>
        {search.period !== "30d" && <Button onClick={() => change({ period: "30d", since: undefined, until: undefined })}>{overviewWords.widen}</Button>}
        {!search.bots && <Button onClick={() => change({ bots: 1 })}>{overviewWords.withBots}</Button>}
        {isNarrowed && <Button onClick={() => change(Object.fromEntries(SEGMENT.filter((name) => name !== "bots").map((name) => [name, undefined])))}>{overviewWords.clear}</Button>}
      </Nothing>
    </Card>
  );
}
