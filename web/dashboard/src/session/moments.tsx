// Likely moments, in words and with their evidence; an estimate of the moment, not of the person.
import { clock } from "../format";
import { Card } from "../parts/card";
import { MomentLine } from "../parts/glyphs";
import { momentEvidence, momentName } from "../parts/moment_said";
import type { MomentRow } from "../types";
import { sessionWords } from "../session_words";
import { useClock } from "./clock";
import { lastBefore } from "./step_list";
import type { Player } from "./player";

/** A moment stays lit for this long after the playhead has passed it. */
const LIT_MS = 15_000;

export function Moments({ moments, player }: { moments: readonly MomentRow[]; player: Player }) {
  const at = useClock(player.clock, 500);
  const ordered = [...moments].sort((a, b) => a.at_ms - b.at_ms);
  const index = lastBefore(ordered, at + 500);
  const lit = ordered[index];
  return (
    <Card title={sessionWords.moments} sub={sessionWords.momentsSub}>
      {ordered.length === 0 && <p className="quiet">{sessionWords.none.moments}</p>}
      <ol className="moment-list">
        {ordered.map((moment, i) => (
          <li key={i} className={i === index && lit && at - lit.at_ms < LIT_MS ? "lit" : ""}>
            <MomentLine emotion={moment.emotion} size={22} />
            <span title={moment.sentence}>
              {momentName(moment)}
              {moment.evidence.length > 0 && <small>{momentEvidence(moment)}</small>}
            </span>
            <button type="button" className="time-link" onClick={() => player.seek(moment.at_ms)}>
              {clock(moment.at_ms)}
            </button>
          </li>
        ))}
      </ol>
    </Card>
  );
}
