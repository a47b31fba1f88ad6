// What waiting goes together with: per band of waiting a dot with its interval, in three panels over one axis. Each dot
// opens its sessions. Drawn with the page's own elements, so that it follows the colours and every dot is a link.
import { count, groupScore, share } from "../format";
import { FEW } from "../parts/few";
import { SessionsLink } from "../place";
import type { Search } from "../search";
import type { Dose, WaitBand } from "../types";
import { latencyWords } from "../latency_words";
import { scoreAxis, shareAxis, type Axis } from "./scale";

interface Mark {
  value: number;
  low: number | null;
  high: number | null;
  sessions: number;
  text: string;
  /** As a whole number, for what few sessions say. */
  about: string;
  search: Search;
}

export function bandSearch(band: WaitBand, api: string | null): Search {
  return { api: api ?? undefined, wait_min_ms: band.min_ms ?? undefined, wait_max_ms: band.max_ms ?? undefined };
}

const PANELS: readonly { key: "score" | "left" | "rage"; mark: (band: WaitBand, search: Search) => Mark | null; write: (value: number) => string }[] = [
  {
    key: "score", write: (value) => String(value),
    mark: (b, search) => (b.score === null ? null : { value: b.score, low: b.score_low, high: b.score_high, sessions: b.scored, text: groupScore(b.score), about: String(Math.round(b.score)), search }),
  },
  { key: "left", write: share, mark: (b, search) => shareMark(b.left, { ...search, left_soon: 1 }) },
  { key: "rage", write: share, mark: (b, search) => shareMark(b.rage, { ...search, signal: "rage_click" }) },
];

function shareMark(of: WaitBand["left"], search: Search): Mark | null {
  return of.share === null ? null : { value: of.share, low: of.low, high: of.high, sessions: of.of, text: share(of.share), about: `${Math.round(100 * of.share)} %`, search };
}

export function DoseChart({ dose }: { dose: Dose }) {
  return (
    <div className="dose" style={{ gridTemplateColumns: `44px repeat(${dose.bands.length}, minmax(0, 1fr))` }}>
      {PANELS.map(({ key, mark, write }) => {
        const marks = dose.bands.map((band) => mark(band, bandSearch(band, dose.api)));
        const shown = marks.filter((m) => m !== null);
        const ends = shown.flatMap((m) => [m.value, m.low ?? m.value, m.high ?? m.value]);
        const axis = key === "score" ? scoreAxis(ends) : shareAxis(ends);
        return <Panel key={key} hurts={key !== "score"} title={latencyWords.panels[key]} axis={axis} write={write} marks={marks} dose={dose} />;
      })}
      <span />
      {dose.bands.map((band) => (
        <span key={String(band.min_ms)} className="dose-band">
          {latencyWords.band(band.min_ms, band.max_ms)}
          {band.sessions > 0 ? <SessionsLink search={bandSearch(band, dose.api)}>{count(band.sessions)}</SessionsLink> : <small>0</small>}
        </span>
      ))}
    </div>
  );
}

/** `hurts`: more of it is worse (visual.md 1.2). */
function Panel({ hurts, title, axis, write, marks, dose }: { hurts: boolean; title: string; axis: Axis; write: (value: number) => string; marks: (Mark | null)[]; dose: Dose }) {
  const height = (value: number) => Math.min(100, Math.max(0, (100 * (value - axis.from)) / (axis.to - axis.from)));
  const lines = Array.from({ length: Math.round((axis.to - axis.from) / axis.step) + 1 }, (_, index) => axis.from + index * axis.step);
  return (
    <>
      <h3 className="dose-title">{title}</h3>
      <div className="dose-axis" aria-hidden="true">
        {lines.map((value) => (
          <span key={value} style={{ bottom: `${height(value)}%` }}>
            {write(value).replace(".0", "")}
          </span>
        ))}
      </div>
      {marks.map((mark, index) => (
        <div key={index} className={hurts ? "dose-cell hurting" : "dose-cell"}>
          {lines.map((value) => <i key={value} className="dose-line" style={{ bottom: `${height(value)}%` }} />)}
          {mark && <Dot mark={mark} height={height} band={dose.bands[index]} title={title} />}
        </div>
      ))}
    </>
  );
}

function Dot({ mark, height, band, title }: { mark: Mark; height: (value: number) => number; band: WaitBand | undefined; title: string }) {
  const few = mark.sessions < FEW;
  const bounds = mark.low !== null && mark.high !== null ? { bottom: `${height(mark.low)}%`, height: `${height(mark.high) - height(mark.low)}%` } : null;
  const label = `${title}, ${latencyWords.band(band?.min_ms ?? null, band?.max_ms ?? null)}: ${few ? `~${mark.about}` : mark.text}${few ? `, ${latencyWords.fewSessions}` : ""}`;
  return (
    <>
      {bounds && <i className="dose-whisker" style={bounds} />}
      <span className="dose-place" style={{ bottom: `${height(mark.value)}%` }}>
        <SessionsLink search={mark.search} className={few ? "dose-dot few" : "dose-dot"} label={label}>
          <span className="dose-text">{few ? `~${mark.about}` : mark.text}</span>
        </SessionsLink>
      </span>
    </>
  );
}

/** The same numbers as a table. */
export function DoseTable({ dose }: { dose: Dose }) {
  const head = latencyWords.table;
  const percent = (of: WaitBand["left"], search: Search) =>
    of.share === null ? "–" : <SessionsLink search={search}>{`${share(of.share)} (${latencyWords.interval(share(of.low), share(of.high))})`}</SessionsLink>;
  return (
    <div className="chart-table wide-table" tabIndex={0} role="region" aria-label={latencyWords.costsAll}>
      <table>
        <thead>
          <tr>
            {[head.band, head.sessions, head.score, head.left, head.rage].map((name) => (
              <th key={name} scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dose.bands.map((band) => {
            const search = bandSearch(band, dose.api);
            return (
              <tr key={String(band.min_ms)}>
                <th scope="row">{latencyWords.band(band.min_ms, band.max_ms)}</th>
                <td>{band.sessions > 0 ? <SessionsLink search={search}>{count(band.sessions)}</SessionsLink> : "0"}</td>
                <td>
                  {band.score === null ? "–" : groupScore(band.score)}
                  {band.score_low !== null && band.score_high !== null && ` (${latencyWords.interval(groupScore(band.score_low), groupScore(band.score_high))})`}
                </td>
                <td>{percent(band.left, { ...search, left_soon: 1 })}</td>
                <td>{percent(band.rage, { ...search, signal: "rage_click" })}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
