// The sessions to watch first: worst scores, each with its mini-timeline.
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { clock } from "../format";
import { Card } from "../parts/card";
import { MiniTimeline } from "../parts/mini_timeline";
import { ScoreMark } from "../parts/score_mark";
import { sessionLine } from "../parts/session_line";
import { SessionLink, SessionsLink } from "../place";
import type { Overview, SessionRow } from "../types";
import { overviewWords } from "../overview_words";

const WORST_FIRST = { sort: "score", order: "asc" } as const;

export function WatchFirst({ overview, stale }: { overview: Overview; stale: boolean }) {
  if (overview.worst.length === 0) return null;
  const all = <SessionsLink search={WORST_FIRST}>{overviewWords.all(overview.sessions)}</SessionsLink>;
  return (
    <Card title={overviewWords.first} sub={overviewWords.firstSub} side={all} stale={stale}>
      <ul className="watch-list">
        {overview.worst.map((row) => (
          <WatchRow key={row.session_id} row={row} />
        ))}
      </ul>
    </Card>
  );
}

function WatchRow({ row }: { row: SessionRow }) {
  return (
    <li>
      <ScoreMark score={row.score} band={row.score_band} isFinal={row.is_final} />
      <span className="watch-title">
        <SessionLink sessionId={row.session_id} search={WORST_FIRST} className="row-link">
          {row.title}
        </SessionLink>
        <small>{sessionLine(row)}</small>
      </span>
      <span className="wide-only">
        <MiniTimeline row={row} />
      </span>
      <span className="watch-length">{clock(row.duration_ms)}</span>
      <IconPlayerPlayFilled size={14} className="watch-play" aria-hidden="true" />
    </li>
  );
}
