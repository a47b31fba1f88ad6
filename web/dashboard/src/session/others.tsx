// Other sessions that had the same trouble.
import { useQuery } from "@tanstack/react-query";
import { clock } from "../format";
import { Card } from "../parts/card";
import { PlayAll } from "../parts/play_all";
import { ScoreMark } from "../parts/score_mark";
import { SessionLink, SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { sessionCountQuery } from "../queries";
import { narrowed, type Search } from "../search";
import type { SessionPage } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";
import { sameTrouble } from "./same_trouble";

export function Others({ page: { more_like_this: rows, score } }: { page: SessionPage }) {
  const trouble = sameTrouble(score.issues, useSearchState());
  return (
    <Card title={sessionWords.others} sub={sessionWords.othersSub}>
      {rows.length === 0 && <p className="quiet">{sessionWords.noOthers}</p>}
      <ul className="others">
        {rows.map((row) => (
          <li key={row.session_id}>
            <ScoreMark score={row.score} band={row.score_band} isFinal={row.is_final} />
            <span>
              <SessionLink sessionId={row.session_id} className="row-link">
                {row.title}
              </SessionLink>
              <small>{[row.device_type ? (words.device[row.device_type] ?? row.device_type) : null, clock(row.duration_ms)].filter(Boolean).join(", ")}</small>
            </span>
          </li>
        ))}
      </ul>
      {rows.length > 1 && <PlayAll ids={rows.map((row) => row.session_id)} />}
      {trouble && <All trouble={trouble} />}
    </Card>
  );
}

/** The way to all of them in the page's period and segment; counted as the list counts them. */
function All({ trouble }: { trouble: Search }) {
  const here = useSearchState();
  const { data: total } = useQuery(sessionCountQuery(useProject(), narrowed(here, trouble), usePeriod()));
  return <p className="all-others">{total ? <SessionsLink search={trouble}>{sessionWords.allOthers(total)}</SessionsLink> : " "}</p>;
}
