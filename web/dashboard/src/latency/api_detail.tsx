// One API in depth: its course, its answers, how its time is spread, where it is called from, its slowest calls.
import { lazy, Suspense, useState } from "react";
import { clock, count, duration, durationChange, share } from "../format";
import { MiddleCut } from "../parts/middle_cut";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { Change } from "../parts/change";
import { isComparable } from "../parts/comparable";
import { NoneLine } from "../parts/none_left";
import { Blocks } from "../parts/states";
import { TableToggle } from "../parts/table_toggle";
import { beforeWords } from "../period";
import { SessionLink, SessionsLink, usePeriod } from "../place";
import type { ApiDetail, ApiRow } from "../types";
import { latencyWords } from "../latency_words";
import { overviewWords } from "../overview_words";
import { FailedChange } from "./api_table";
import { apiName, logScale, percentile, STATUS_KEYS, statusSearch, type LogScale, type StatusKey, LEAST_CALLS } from "./numbers";

const LatencyTrend = lazy(() => import("../charts/latency_trend").then((m) => ({ default: m.LatencyTrend })));
const LatencyTrendTable = lazy(() => import("../charts/latency_trend").then((m) => ({ default: m.LatencyTrendTable })));

interface PartProps {
  detail: ApiDetail;
  row: ApiRow;
  stale: boolean;
}

export function TrendCard({ detail, row, stale }: PartProps) {
  const [asTable, setAsTable] = useState(false);
  const Drawing = asTable ? LatencyTrendTable : LatencyTrend;
  const hasGaps = detail.trend.some(({ latency_ms: { p50, p95 } }) => p50 !== null && p95 === null);
  return (
    <Card title={apiName(row.api)} sub={latencyWords.trend} side={<TableToggle asTable={asTable} onChange={setAsTable} />} className="tall" stale={stale}>
      <Suspense fallback={<Blocks blocks={[["100%", 340]]} />}>
        <Drawing detail={detail} api={row.api} />
      </Suspense>
      {hasGaps && !asTable && <p className="chart-note">{latencyWords.trendGaps}</p>}
      <Answers row={row} isCompared={isComparable(detail)} />
    </Card>
  );
}

const STATUS_FILL: Record<StatusKey, string> = {
  ok: "kept", redirected: "call", refused: "line2", broken: "fail", network: "fail", unfinished: "wait", other: "restless",
};

/** All calls by what was answered: one bar, and each class with its way to the sessions. */
function Answers({ row, isCompared }: { row: ApiRow; isCompared: boolean }) {
  const present = STATUS_KEYS.filter((key) => row.status[key] > 0);
  return (
    <div className="answers">
      <h3>{latencyWords.answers}</h3>
      <div className="loss-bar" style={{ height: 14 }} role="img" aria-label={present.map((key) => `${latencyWords.status[key]} ${share(row.status[key] / row.calls)}`).join(", ")}>
        {present.map((key) => (
          <span key={key} style={{ flexGrow: row.status[key], background: `var(--${STATUS_FILL[key]})` }} />
        ))}
      </div>
      <ul>
        {present.map((key) => (
          <li key={key}>
            <i className="swatch" style={{ background: `var(--${STATUS_FILL[key]})` }} />
            {latencyWords.status[key]} <SessionsLink search={statusSearch(row, key)}>{share(row.status[key] / row.calls)}</SessionsLink>
          </li>
        ))}
      </ul>
      {row.failed > 0 && (
        <p>
          <SessionsLink search={{ api: row.api, api_status: "failed", sort: "score", order: "asc" }}>{latencyWords.watchFailed}</SessionsLink>
          {isCompared && <> <FailedChange row={row} />{row.failed_share_before !== null && Math.min(row.calls, row.calls_before ?? 0) >= LEAST_CALLS && latencyWords.failedWas(share(row.failed_share_before))}</>}
        </p>
      )}
    </div>
  );
}

const HEIGHT = 120;
/** The axis reaches at least so many times as far as it starts: two neighbouring bars are no wide spread. */
const LEAST_SPREAD = 20;

function spreadScale(bars: ApiDetail["distribution"]): LogScale {
  const from = Math.max(0.8, bars[0]?.min_ms ?? 1);
  const last = bars[bars.length - 1];
  const to = Math.max(last?.max_ms ?? (last?.min_ms ?? 1) * 1.22, 2);
  const missing = Math.sqrt(Math.max(1, LEAST_SPREAD / (to / from)));
  return logScale(Math.max(0.8, from / missing), to * missing);
}

export function DistributionCard({ detail, row, stale }: PartProps) {
  const { distribution: bars, first_byte } = detail;
  const scale = spreadScale(bars);
  const most = Math.max(1, ...bars.map((bar) => bar.calls));
  const range = (min: number, max: number | null) => (max === null ? latencyWords.chip.least(duration(min)) : latencyWords.chip.between(duration(min), duration(max)));
  return (
    <Card title={latencyWords.distribution} sub={latencyWords.distributionSub} stale={stale}>
      {bars.length === 0 ? (
        <NoneLine text={latencyWords.trendNone} />
      ) : (
        <>
          <div className="spread" style={{ height: HEIGHT }}>
            {bars.map(({ min_ms, max_ms, calls, sessions }) => {
              const said = latencyWords.bar(range(min_ms, max_ms), calls, sessions);
              const place = { left: `${scale.at(min_ms)}%`, width: `calc(${scale.at(max_ms ?? min_ms * 1.22) - scale.at(min_ms)}% - 2px)` };
              return (
                <span key={min_ms} className="spread-place" style={place} title={said}>
                  <SessionsLink className="spread-bar" search={{ api: row.api, call_min_ms: min_ms, call_max_ms: max_ms ?? undefined }} label={said}>
                    <span style={{ height: `${(100 * calls) / most}%` }} />
                  </SessionsLink>
                </span>
              );
            })}
          </div>
          <p className="spread-ticks" aria-hidden="true">
            {scale.ticks.map((ms) => (
              <span key={ms} style={{ left: `${scale.at(ms)}%` }}>
                {duration(ms).replace(".0", "")}
              </span>
            ))}
          </p>
        </>
      )}
      <Levels row={row} first={first_byte} isCompared={isComparable(detail)} />
    </Card>
  );
}

/** All percentiles in words: what a phone's table leaves out, and the time to the first byte. */
function Levels({ row, first, isCompared }: { row: ApiRow; first: ApiDetail["first_byte"]; isCompared: boolean }) {
  const { columns } = latencyWords;
  const before = beforeWords(usePeriod());
  const levels = ["p50", "p75", "p95", "p99"] as const;
  return (
    <table className="levels">
      <thead>
        <tr>
          <td />
          {levels.map((level) => <th key={level} scope="col">{columns[level]}</th>)}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            {latencyWords.whole} <small>{latencyWords.calls(row.finished)}</small>
          </th>
          {levels.map((level) => <td key={level}>{percentile(row.latency_ms[level], row.finished)}</td>)}
        </tr>
        {isCompared && row.latency_ms_before && (
          <tr>
            <th scope="row" title={latencyWords.changeOf(overviewWords.change(before))}>
              {latencyWords.change}
            </th>
            {levels.map((level) => {
              const now = row.latency_ms[level];
              return <td key={level}><Change now={now ?? 0} before={now === null ? null : row.latency_ms_before?.[level]} meaning="more hurts" write={durationChange} /></td>;
            })}
          </tr>
        )}
        {first.calls > 0 && (
          <tr>
            <th scope="row">
              {latencyWords.firstByte} <small>{latencyWords.calls(first.calls)}</small>
            </th>
            {levels.map((level) => <td key={level}>{percentile(first.ttfb_ms[level], first.calls)}</td>)}
          </tr>
        )}
      </tbody>
    </table>
  );
}

export function ScreensCard({ detail, row, stale }: PartProps) {
  return (
    <Card title={latencyWords.screens} sub={latencyWords.screensSub} stale={stale}>
      <ul className="place-list plain-list">
        {detail.screens.map(({ screen, calls, sessions }) => {
          const name = screen === "" ? latencyWords.noScreen : screen;
          return (
            <li key={screen}>
              <span className="place-name"><Breakable name={name} /></span>
              <span>{latencyWords.calls(calls)}</span>
              <SessionsLink search={{ api: row.api, api_screen: screen }} label={`${name}: ${overviewWords.watch(sessions)}`}>{count(sessions)}</SessionsLink>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

export function SlowestCard({ detail, row, stale }: PartProps) {
  return (
    <Card title={latencyWords.slowest} sub={latencyWords.slowestSub} stale={stale}>
      <ol className="slowest">
        {detail.slowest.slice(0, 10).map((call) => (
          <li key={`${call.session_id} ${call.offset_ms} ${call.latency_ms}`}>
            <b>{duration(Math.max(0, call.latency_ms))}</b>
            <span className={call.status === null || call.status === 0 || call.status >= 500 ? "hurts" : ""}>
              {call.status === null ? latencyWords.status.unfinished : call.status === 0 ? latencyWords.status.network : call.status}
            </span>
            <span className="place-name" title={call.screen}><MiddleCut name={call.screen === "" ? latencyWords.noScreen : call.screen} /></span>
            <SessionLink sessionId={call.session_id} search={{ api: row.api, view: undefined, by: undefined, dose: undefined, order: undefined, t: Math.max(0, Math.floor(call.offset_ms / 1000)) }} className="number-link">
              {latencyWords.at(clock(call.offset_ms))}
            </SessionLink>
          </li>
        ))}
      </ol>
    </Card>
  );
}
