// Other sessions that had the same trouble.
import { clock } from "../format";
import { Card } from "../parts/card";
import { ScoreMark } from "../parts/score_mark";
import { SessionLink } from "../place";
import type { SessionRow } from "../types";
import { sessionWords } from "../session_words";
import { words } from "../words";

export function Others({ rows }: { rows: readonly SessionRow[] }) {
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
    </Card>
  );
}
