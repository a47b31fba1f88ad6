// Sessions by score, in steps of five; each bar opens its sessions.
import { useState, type ReactNode } from "react";
import { count } from "../format";
import { Card } from "../parts/card";
import { BAND_RANGES, BandSign, bandOf } from "../parts/score_mark";
import { TableToggle } from "../parts/table_toggle";
import { SessionsLink } from "../place";
import { filterSearch } from "../search";
import type { Band, ScoreSummary } from "../types";
import { scoreWords } from "../score_words";
import { words } from "../words";

const { spread } = scoreWords;
const BANDS = ["poor", "strained", "good"] as const;

export function SpreadCard({ summary, stale }: { summary: ScoreSummary; stale: boolean }) {
  const [asTable, setAsTable] = useState(false);
  const bars = summary.histogram;
  const most = Math.max(1, ...bars.map((bar) => bar.sessions));
  return (
    <Card className="spread-card" title={spread.title} sub={spread.sub} stale={stale} side={<TableToggle asTable={asTable} onChange={setAsTable} />}>
      {asTable ? (
        <div className="chart-table spread-table">
          <table>
            <thead>
              <tr>
                <th scope="col">{spread.low}</th>
                <th scope="col">{spread.sessions}</th>
              </tr>
            </thead>
            <tbody>
              {bars.filter((bar) => bar.sessions > 0).map((bar) => (
                <tr key={bar.low}>
                  <th scope="row">{range(bar)}</th>
                  <td>
                    <SessionsLink search={filterSearch(bar.filter)}>{count(bar.sessions)}</SessionsLink>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="score-bars">
          {bars.map((bar) => (
            <span key={bar.low} className={`score-bar ${bandOf(bar.low)}`}>
              {bar.sessions > 0 && (
                <SessionsLink search={filterSearch(bar.filter)} className="bar-link" label={spread.bar(bar.low, bar.high, bar.sessions)}>
                  <span title={spread.bar(bar.low, bar.high, bar.sessions)} style={{ height: `max(3px, ${(100 * bar.sessions) / most}%)` }}>
                    <small>{bar.sessions === most ? count(bar.sessions) : ""}</small>
                  </span>
                </SessionsLink>
              )}
            </span>
          ))}
        </div>
      )}
      {!asTable && (
        <p className="score-axis" aria-hidden="true">
          {[0, 50, 90, 100].map((at) => (
            <span key={at} style={{ left: `${at}%` }}>{at}</span>
          ))}
        </p>
      )}
      <p className="bands">
        {BANDS.map((band) => (
          <span key={band}>
            <BandSign band={band} size={9} /> <b>{inBand(bars, band)}</b> {words.band[band]}
          </span>
        ))}
      </p>
    </Card>
  );
}

/** How many, as the way to them. */
function inBand(bars: ScoreSummary["histogram"], band: Band): ReactNode {
  const sessions = bars.filter((bar) => bandOf(bar.low) === band).reduce((sum, bar) => sum + bar.sessions, 0);
  if (sessions === 0) return count(0);
  return <SessionsLink search={{ ...BAND_RANGES[band], sort: "score", order: "asc" }}>{count(sessions)}</SessionsLink>;
}

function range({ low, high }: ScoreSummary["histogram"][number]): string {
  return `${low}–${high === 100 ? 100 : high - 1}`;
}
