// Other sessions that had the same trouble: the worst of a list, and the way to all of it.
import { useQuery } from "@tanstack/react-query";
import { clock } from "../format";
import { Card } from "../parts/card";
import { PlayAll } from "../parts/play_all";
import { ScoreMark } from "../parts/score_mark";
import { Blocks } from "../parts/states";
import { SessionLink, SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { worstQuery } from "../queries";
import { narrowed, type Search } from "../search";
import type { SessionPage, SessionRow } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { sameTrouble, type Trouble } from "./same_trouble";

const WAITING = Array.from({ length: 5 }, () => ["100%", 40] as const);

export function Others({ page: { more_like_this: rows, score, session } }: { page: SessionPage }) {
  const trouble = sameTrouble(score.issues, useSearchState());
  return (
    <Card title={sessionWords.others} sub={trouble ? sessionWords.othersBy(trouble.said) : sessionWords.othersSub}>
      {trouble ? <OfList trouble={trouble} sessionId={session.session_id} /> : <Rows rows={rows} />}
    </Card>
  );
}

/** In the page's period and segment; this session is one of those that are counted, as in the list. */
function OfList({ trouble, sessionId }: { trouble: Trouble; sessionId: string }) {
  const search: Search = { ...trouble.search, sort: "score", order: "asc" };
  const { data, error } = useQuery(worstQuery(useProject(), narrowed(useSearchState(), search), usePeriod()));
  if (!data) return error ? <p className="quiet">{error.message}</p> : <Blocks blocks={WAITING} />;
  const rows = data.rows.filter((row) => row.session_id !== sessionId);
  return (
    <>
      <Rows rows={rows} search={search} />
      {rows.length > 0 && (
        <p className="all-others">
          <SessionsLink search={search}>{sessionWords.allOthers(data.total)}</SessionsLink>
        </p>
      )}
    </>
  );
}

/** `search`: the list that they are of. */
function Rows({ rows, search = {} }: { rows: readonly SessionRow[]; search?: Search }) {
  return (
    <>
      {rows.length === 0 && <p className="quiet">{sessionWords.noOthers}</p>}
      <ul className="others">
        {rows.map((row) => (
          <li key={row.session_id}>
            <ScoreMark score={row.score} band={row.score_band} isFinal={row.is_final} />
            <span>
              <SessionLink sessionId={row.session_id} search={search} className="row-link">
                {row.title}
              </SessionLink>
              <small>{[row.device_type ? (words.device[row.device_type] ?? row.device_type) : null, clock(row.duration_ms)].filter(Boolean).join(", ")}</small>
            </span>
          </li>
        ))}
      </ul>
      {rows.length > 1 && <PlayAll ids={rows.map((row) => row.session_id)} search={search} />}
    </>
  );
}
