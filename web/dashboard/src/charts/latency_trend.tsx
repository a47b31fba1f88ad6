// Latency of one API over the period: p50, p75 and p95 as lines, named at their ends. A press opens the sessions of that bucket.
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { count, dateTime, duration, plural } from "../format";
import { bucketPart } from "../period";
import { SessionsLink, useProject, useSearchState } from "../place";
import { narrowed, type Search } from "../search";
import type { Tokens } from "../theme";
import type { ApiDetail, LatencyPoint } from "../types";
import { latencyWords } from "../latency_words";
import { overviewWords } from "../overview_words";
import { EChart } from "./echart";
import type { ChartOption } from "./echarts_parts";
import type { TimeAxis } from "./period_pick";
import { releaseMarks, releaseNote, releasesAt, releaseSentences } from "./release_marks";
import { bucketLabels, timeAxis } from "./scale";

const HEIGHT = 340;
/** Ends nearer than this part of the axis cannot both be named. */
const CLOSE = 0.09;
type Trend = Pick<ApiDetail, "trend" | "bucket_s" | "since" | "until" | "releases">;
type Level = "p50" | "p75" | "p95";
const LEVELS: readonly Level[] = ["p95", "p75", "p50"];

function option({ trend, bucket_s, releases }: Trend, t: Tokens): ChartOption {
  const values = (level: Level) => trend.map((point) => point.latency_ms[level]);
  const axis = timeAxis(Math.max(1, ...LEVELS.flatMap(values).filter((v) => v !== null)));
  const labels = bucketLabels(trend.map((point) => point.at), bucket_s);
  const names = endNames(trend, axis.to);
  const colours: Record<Level, string> = { p95: t.wait, p75: t.accent, p50: t.call };
  const isAlone = (data: (number | null)[], i: number) => data[i - 1] == null && data[i + 1] == null;
  return {
    grid: { left: 4, right: 74, top: 20, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category", data: trend.map((point) => point.at), boundaryGap: false, axisLine: { show: false }, axisTick: { show: false },
      axisLabel: { color: t.ink3, hideOverlap: true, margin: 10, interval: (index) => labels[index] !== "", formatter: (_at, index) => labels[index] ?? "" },
    },
    yAxis: { type: "value", min: 0, max: axis.to, interval: axis.step, axisLabel: { color: t.ink3, margin: 12, formatter: (ms: number) => (ms === 0 ? "0" : duration(ms).replace(".0", "")) }, splitLine: { lineStyle: { color: t.line } } },
    tooltip: {
      trigger: "axis", backgroundColor: t.raised, borderColor: t.line, textStyle: { color: t.ink, fontSize: 13 }, padding: [8, 12], extraCssText: "box-shadow: 0 4px 16px rgb(0 0 0 / .16)",
      axisPointer: { lineStyle: { color: t.line2, type: "solid" } },
      formatter: (items) => {
        const point = trend[(Array.isArray(items) ? items[0] : items)?.dataIndex ?? -1];
        return point ? pointWords(point) + releaseNote(point.at, releases) : "";
      },
    },
    series: LEVELS.map((level, number) => {
      const data = values(level);
      return {
        type: "line" as const, data, symbol: "circle", showAllSymbol: true, emphasis: { disabled: true },
        symbolSize: (_v: unknown, { dataIndex: i }: { dataIndex: number }) => (isAlone(data, i) ? 5 : 0),
        lineStyle: { color: colours[level], width: level === "p95" ? 2.25 : 1.5 }, itemStyle: { color: colours[level] },
        ...(number === 0 && { markLine: { silent: true, symbol: "none", animation: false, data: releaseMarks(trend.map(({ at }) => at), releases, undefined, t) } }),
        endLabel: { show: names[level] !== "", formatter: names[level], color: t.ink2, distance: 6 },
      };
    }),
  };
}

/** What stands at the end of each line; lines that end together share one name, at the uppermost of them. */
function endNames(trend: readonly LatencyPoint[], top: number): Record<Level, string> {
  const ends = LEVELS.map((level) => ({ level, at: trend.map((point) => point.latency_ms[level]).findLast((v) => v !== null) ?? null }));
  const names: Record<Level, string> = { p95: "", p75: "", p50: "" };
  let above: { level: Level; at: number } | null = null;
  for (const { level, at } of ends) {
    if (at === null) continue;
    if (above && above.at - at < top * CLOSE) names[above.level] = `${level}, ${names[above.level]}`;
    else names[(above = { level, at }).level] = level;
  }
  return names;
}

/** The parts of what is said of a point, each with its figures marked by `strong`. */
function pointParts({ at, calls, failed, latency_ms: { p50, p75, p95 } }: LatencyPoint, strong: (text: string) => string): string[] {
  const said = Object.entries({ p50, p75, p95 }).filter(([, value]) => value !== null).map(([name, value]) => `${name} ${strong(duration(value ?? 0))}`);
  return [dateTime(at), ...(said.length ? [said.join(", ")] : []), `${plural(calls, "call")}${failed ? `, ${count(failed)} failed` : ""}`];
}

/** In a tooltip, as HTML. */
function pointWords(point: LatencyPoint): string {
  return pointParts(point, (text) => `<b>${text}</b>`).join("<br>");
}

/** As it is read aloud. */
function pointSaid(point: LatencyPoint | undefined, releases: Trend["releases"]): string {
  if (!point) return "";
  return [`${pointParts(point, (text) => text).join(", ")}.`, ...releaseSentences(releases.filter(({ at }) => at === point.at))].join(" ");
}

function sentence({ trend, releases }: Trend): string {
  const known = trend.map((point) => point.latency_ms.p75).filter((value) => value !== null);
  const course = known.length ? latencyWords.trendSays(duration(Math.min(...known)), duration(Math.max(...known))) : latencyWords.trendNone;
  return [course, ...releaseSentences(releases)].join(" ");
}

function bucketSearch(point: LatencyPoint, detail: Trend, api: string): Search {
  return { ...bucketPart(point.at, detail.bucket_s, detail), api };
}

export function LatencyTrend({ detail, api }: { detail: Trend; api: string }) {
  const navigate = useNavigate();
  const project = useProject();
  const here = useSearchState();
  const build = useCallback((t: Tokens) => option(detail, t), [detail]);
  const open = (index: number) => {
    const point = detail.trend[index];
    if (point && point.calls > 0) void navigate({ to: "/p/$project/sessions", params: { project }, search: narrowed(here, bucketSearch(point, detail, api)) });
  };
  const axis: TimeAxis = { starts: detail.trend.map((point) => point.at), bucketS: detail.bucket_s, period: detail, name: latencyWords.trend, say: (index) => pointSaid(detail.trend[index], detail.releases), onOpen: open };
  return <EChart option={build} height={HEIGHT} sentence={sentence(detail)} axis={axis} />;
}

/** The same numbers as a table; buckets without a call are left out. */
export function LatencyTrendTable({ detail, api }: { detail: Trend; api: string }) {
  const said = (value: number | null) => (value === null ? "–" : duration(value));
  const { table, columns } = latencyWords;
  return (
    <div className="chart-table" style={{ height: HEIGHT }} tabIndex={0} role="region" aria-label={latencyWords.trend}>
      <table>
        <thead>
          <tr>
            {[table.from, columns.p50, columns.p75, columns.p95, table.calls, table.failed, table.sessions].map((name) => (
              <th key={name} scope="col">{name}</th>
            ))}
            {detail.releases.length > 0 && <th scope="col">{overviewWords.trendRow.release}</th>}
          </tr>
        </thead>
        <tbody>
          {detail.trend.filter((point) => point.calls > 0).map((point) => (
            <tr key={point.at}>
              <th scope="row">{dateTime(point.at)}</th>
              <td>{said(point.latency_ms.p50)}</td>
              <td>{said(point.latency_ms.p75)}</td>
              <td>{said(point.latency_ms.p95)}</td>
              <td>{count(point.calls)}</td>
              <td>{count(point.failed)}</td>
              <td>
                <SessionsLink search={bucketSearch(point, detail, api)}>{count(point.sessions)}</SessionsLink>
              </td>
              {detail.releases.length > 0 && <td>{releasesAt(point.at, detail.releases)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
