// The moments at which a group was met: one row per session, each opens the replay there.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { clock, count, dateTime } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { DeviceIcon } from "../parts/device_icon";
import { NoneLine } from "../parts/none_left";
import { BandSign, bandOf } from "../parts/score_mark";
import { SessionLink, usePeriod, useProject, useSearchState } from "../place";
import { occurrencesQuery } from "./queries";
import type { ErrorOccurrence } from "../types";
import { sessionWords } from "../session_words";
import { errorWords } from "../error_words";
import { opensBefore } from "./opens";
import { words } from "../words";

export function Occurrences({ group }: { group: string }) {
  const slug = useProject();
  const list = useInfiniteQuery(occurrencesQuery(slug, group, useSearchState(), usePeriod()));
  return (
    <Card title={errorWords.occurrences} sub={errorWords.occurrencesSub} className="wide" stale={list.isPlaceholderData}>
      <Answer to={list} blocks={Array.from({ length: 5 }, () => ["100%", 34] as const)}>
        {({ pages }) =>
          pages[0]?.rows.length === 0 ? (
            <NoneLine text={`${errorWords.metNone}.`} />
          ) : (
            <ul className="occurrences">
              {pages.flatMap((page) => page.rows).map((row) => (
                <Occurrence key={row.session_id} row={row} group={group} />
              ))}
            </ul>
          )
        }
      </Answer>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {errorWords.more}
        </Button>
      )}
    </Card>
  );
}

function Occurrence({ row, group }: { row: ErrorOccurrence; group: string }) {
  const facts = [row.browser, row.release && sessionWords.release(row.release), row.errors > 1 && errorWords.times(row.errors), !row.has_replay && errorWords.noReplay];
  return (
    <li>
      <span className="occurrence-score">
        {row.score === null ? (
          <span title={words.band.none}>–</span>
        ) : (
          <>
            <BandSign band={bandOf(row.score)} /> {count(row.score)}
          </>
        )}
      </span>
      <span>
        <SessionLink sessionId={row.session_id} search={opensBefore(group, row.at_ms)} className="row-link">
          {dateTime(row.at)} <span className="occurrence-at">{errorWords.at(clock(row.at_ms))}</span>
        </SessionLink>
        <small className="row-line">
          <DeviceIcon type={row.device_type} size={15} /> {[row.screen, ...facts].filter(Boolean).join(", ")}
        </small>
      </span>
      <span className="occurrence-message" title={row.message}>
        {row.message}
      </span>
    </li>
  );
}
