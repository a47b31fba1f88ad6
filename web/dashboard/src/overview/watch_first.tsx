// The sessions to watch first: worst scores, each with its mini-timeline.
import { useQuery } from "@tanstack/react-query";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { clock } from "../format";
import { Card } from "../parts/card";
import { MiniTimeline } from "../parts/mini_timeline";
import { PlayAll } from "../parts/play_all";
import { ScoreMark } from "../parts/score_mark";
import { sessionLine } from "../parts/session_line";
import { SessionLink, SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { worstQuery } from "../queries";
import { narrowed, type Search } from "../search";
import type { FindingList, Overview, SessionRow } from "../types";
import { overviewWords } from "../overview_words";
import { searchOf } from "./change_search";

const WORST_FIRST = { sort: "score", order: "asc" } as const;

/** The sessions behind what got worse, where something did; else the lowest scores of the period. */
export function WatchFirst({ overview, changes, stale }: { overview: Overview; changes: FindingList | undefined; stale: boolean }) {
  const project = useProject();
  const here = useSearchState();
  const period = usePeriod();
  const first = changes?.findings[0];
  const behind = first ? searchOf(first) : WORST_FIRST;
  const { data: found } = useQuery({ ...worstQuery(project, narrowed(here, behind), period), enabled: first !== undefined });
  if (overview.worst.length === 0) return null;
  const isBehind = first !== undefined && found !== undefined;
  const rows = isBehind ? found.rows : overview.worst;
  const search = isBehind ? behind : WORST_FIRST;
  const all = <SessionsLink search={search}>{overviewWords.all(isBehind ? found.total : overview.sessions)}</SessionsLink>;
  return (
    <Card title={overviewWords.first} sub={isBehind ? overviewWords.firstBehind : overviewWords.firstSub} side={all} stale={stale}>
      <ul className="watch-list">
        {rows.map((row) => (
          <WatchRow key={row.session_id} row={row} search={search} />
        ))}
      </ul>
      {rows.length > 1 && <PlayAll ids={rows.map((row) => row.session_id)} search={search} />}
    </Card>
  );
}

function WatchRow({ row, search }: { row: SessionRow; search: Search }) {
  return (
    <li>
      <ScoreMark score={row.score} band={row.score_band} isFinal={row.is_final} />
      <span className="watch-title">
        <SessionLink sessionId={row.session_id} search={search} className="row-link">
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
