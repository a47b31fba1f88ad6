// Sessions that met a group over time: small bars in the list, on the group's page bars that open their sessions.
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { PeriodPick, type Places } from "../charts/period_pick";
import { count, dateTime } from "../format";
import { bucketPart } from "../period";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { narrowed } from "../search";
import type { ErrorTrendPoint } from "../types";
import { errorWords } from "../error_words";

const MINI_HEIGHT = 26;

function peakOf(trend: readonly ErrorTrendPoint[]): ErrorTrendPoint | null {
  return trend.reduce<ErrorTrendPoint | null>((peak, point) => (point.sessions > (peak?.sessions ?? 0) ? point : peak), null);
}

/** What the bars show, as one sentence. */
export function trendSentence(trend: readonly ErrorTrendPoint[]): string {
  const peak = peakOf(trend);
  if (!peak) return errorWords.trendNone;
  return errorWords.trend(peak.sessions, dateTime(peak.at), trend.reduce((sum, point) => sum + point.sessions, 0));
}

export function MiniTrend({ trend }: { trend: readonly ErrorTrendPoint[] }) {
  const peak = peakOf(trend)?.sessions ?? 0;
  const width = 100 / Math.max(1, trend.length);
  return (
    <span className="mini-trend">
      <svg height={MINI_HEIGHT} role="img" aria-label={trendSentence(trend)}>
        <line x1="0" x2="100%" y1={MINI_HEIGHT - 0.5} y2={MINI_HEIGHT - 0.5} stroke="var(--line2)" />
        {trend.map((point, index) => {
          const height = peak ? (point.sessions / peak) * (MINI_HEIGHT - 2) : 0;
          return height > 0 && <rect key={point.at} x={`${index * width + width * 0.1}%`} width={`${width * 0.8}%`} y={MINI_HEIGHT - 1 - Math.max(2, height)} height={Math.max(2, height)} rx={1} fill="var(--fail)" />;
        })}
      </svg>
      <small aria-hidden="true">{errorWords.peak(peak)}</small>
    </span>
  );
}

interface TrendProps {
  group: string;
  trend: readonly ErrorTrendPoint[];
  bucketS: number;
}

function useBucketSearch({ group, bucketS }: Omit<TrendProps, "trend">) {
  const period = usePeriod();
  return (point: ErrorTrendPoint) => ({ error_group: group, ...bucketPart(point.at, bucketS, period) });
}

/** Bars of equal width from edge to edge. */
function placesOf(bars: HTMLElement, total: number): Places {
  const width = bars.getBoundingClientRect().width / total;
  return { indexAt: (x) => Math.min(total - 1, Math.max(0, Math.floor(x / width))), stretch: (index) => [index * width, (index + 1) * width] };
}

export function TrendBars({ group, trend, bucketS }: TrendProps) {
  const searchOf = useBucketSearch({ group, bucketS });
  const period = usePeriod();
  const navigate = useNavigate();
  const project = useProject();
  const here = useSearchState();
  const bars = useRef<HTMLDivElement>(null);
  const open = (index: number) => {
    const point = trend[index];
    if (point && point.sessions > 0) void navigate({ to: "/p/$project/sessions", params: { project }, search: narrowed(here, searchOf(point)) });
  };
  const say = (index: number) => {
    const point = trend[index];
    return point ? errorWords.bar(dateTime(point.at), point.sessions, point.errors) : "";
  };
  const peak = peakOf(trend)?.sessions ?? 0;
  const first = trend[0];
  const last = trend[trend.length - 1];
  return (
    <div className="error-trend" role="group" aria-label={trendSentence(trend)}>
      <span className="trend-peak">{count(peak)}</span>
      <PeriodPick axis={{ starts: trend.map((point) => point.at), bucketS, period, name: errorWords.overTime, say, onOpen: open }} places={() => bars.current && placesOf(bars.current, trend.length)}>
        <div ref={bars} className="trend-bars">
          {trend.map((point) => {
            const label = errorWords.bar(dateTime(point.at), point.sessions, point.errors);
            return point.sessions === 0 ? (
              <span key={point.at} className="trend-bar" title={label} />
            ) : (
              <span key={point.at} className="trend-bar" title={label}>
                <SessionsLink search={searchOf(point)} className="trend-link" label={label}>
                  <span style={{ height: `${(100 * point.sessions) / Math.max(1, peak)}%` }} />
                </SessionsLink>
              </span>
            );
          })}
        </div>
      </PeriodPick>
      {first && last && (
        <div className="bar-ends">
          <span>{dateTime(first.at)}</span>
          <span>{dateTime(last.at)}</span>
        </div>
      )}
    </div>
  );
}

/** The same numbers as a table; buckets without sessions are left out. */
export function TrendTable({ group, trend, bucketS }: TrendProps) {
  const searchOf = useBucketSearch({ group, bucketS });
  return (
    <div className="chart-table error-trend" tabIndex={0} role="region" aria-label={errorWords.overTime}>
      <table>
        <thead>
          <tr>
            <th scope="col">{errorWords.table.at}</th>
            <th scope="col">{errorWords.table.sessions}</th>
            <th scope="col">{errorWords.table.errors}</th>
          </tr>
        </thead>
        <tbody>
          {trend
            .filter((point) => point.sessions > 0)
            .map((point) => (
              <tr key={point.at}>
                <td>{dateTime(point.at)}</td>
                <td>
                  <SessionsLink search={searchOf(point)}>{count(point.sessions)}</SessionsLink>
                </td>
                <td>{count(point.errors)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
