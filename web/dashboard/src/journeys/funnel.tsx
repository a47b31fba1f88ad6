// The funnel: steps as bars, the time between them, and at each loss what came just before.
import { useQuery } from "@tanstack/react-query";
import { count, duration, share } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { NoneInCard } from "../parts/no_sessions";
import { NoneLeft } from "../parts/none_left";
import { Nothing } from "../parts/states";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { funnelQuery } from "./queries";
import { filterSearch } from "../search";
import type { Funnel, FunnelRow } from "../types";
import { journeysWords } from "../journeys_words";
import { overviewWords } from "../overview_words";
import { LEAST_LEFT } from "./before";
import { Builder } from "./builder";
import { KINDS, KindName } from "./kind";
import { splitSteps } from "./way";

const LEAST_STEPS = 2;

export function FunnelView() {
  const search = useSearchState();
  const { steps = "" } = search;
  const isAsked = splitSteps(steps).filter(Boolean).length >= LEAST_STEPS && splitSteps(steps).every(Boolean);
  const { data, error, isPlaceholderData, refetch } = useQuery({ ...funnelQuery(useProject(), search, usePeriod(), steps), enabled: isAsked });
  const { title, few, fewSub } = journeysWords.funnel;
  return (
    <div className="funnel-view">
      <Builder />
      <Card title={title} sub={isAsked && data ? journeysWords.population(data.rows[0]?.sessions ?? 0, data.segment_sessions) : undefined} stale={isPlaceholderData}>
        {!isAsked ? (
          <Nothing title={few} text={fewSub} />
        ) : (
          <Answer to={{ data, error, refetch }} blocks={[["60%", 24], ["100%", 56], ["80%", 56], ["50%", 56]]}>
            {(funnel) => <Drawn funnel={funnel} />}
          </Answer>
        )}
      </Card>
    </div>
  );
}

function Drawn({ funnel }: { funnel: Funnel }) {
  const { sentence, nobody, note, noteWindow } = journeysWords.funnel;
  const first = funnel.rows[0];
  const last = funnel.rows[funnel.rows.length - 1];
  if (!first || !last || first.sessions === 0) return funnel.segment_sessions === 0 ? <NoneInCard /> : <NoneLeft title={nobody} />;
  return (
    <>
      <p className="funnel-says">{sentence(share(last.sessions / first.sessions), last.sessions, first.sessions)}</p>
      <ol className="funnel">
        {funnel.rows.map((row) => (
          <Step key={row.step} row={row} most={first.sessions} />
        ))}
      </ol>
      <p className="quiet">{funnel.within_s === null ? note : noteWindow}</p>
    </>
  );
}

function Step({ row, most }: { row: FunnelRow; most: number }) {
  const { ofPrevious, interval, median, event } = journeysWords.funnel;
  return (
    <li>
      {row.step > 1 && (
        <p className="funnel-between">
          {row.share_of_previous !== null && <span title={row.low !== null && row.high !== null ? interval(share(row.low), share(row.high)) : undefined}>{ofPrevious(share(row.share_of_previous))}</span>}
          {row.median_ms !== null && <span>{median(duration(row.median_ms))}</span>}
        </p>
      )}
      <div className="funnel-step">
        <span className="funnel-name">
          <b>{row.step}</b> {row.kind === "event" ? event(row.name) : row.name}
        </span>
        <span className="funnel-count">
          <SessionsLink search={filterSearch(row.filter)} label={`${row.name}: ${overviewWords.watch(row.sessions)}`}>
            {count(row.sessions)}
          </SessionsLink>
          <span>{share(row.sessions / most)}</span>
        </span>
        <span className="funnel-bar" aria-hidden="true">
          <span style={{ width: `${(100 * row.sessions) / most}%` }} />
        </span>
      </div>
      {row.dropped && row.dropped.sessions > 0 && <Loss dropped={row.dropped} sessions={row.sessions} />}
    </li>
  );
}

function Loss({ dropped, sessions }: { dropped: NonNullable<FunnelRow["dropped"]>; sessions: number }) {
  const { dropped: write, before } = journeysWords.funnel;
  const filter = filterSearch(dropped.filter);
  return (
    <div className="funnel-loss">
      <SessionsLink search={filter}>{write(dropped.sessions, share(dropped.sessions / sessions))}</SessionsLink>
      <span className="quiet">{before}</span>
      <ul>
        {KINDS.filter((kind) => dropped.seen[kind] > 0).map((kind) => (
          <li key={kind}>
            <KindName kind={kind} /> {dropped.sessions >= LEAST_LEFT && <b>{share(dropped.seen[kind] / dropped.sessions)}</b>}
            <SessionsLink search={{ ...filter, before: kind }} label={`${journeysWords.before.kinds[kind]}: ${overviewWords.watch(dropped.seen[kind])}`}>
              {count(dropped.seen[kind])}
            </SessionsLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
