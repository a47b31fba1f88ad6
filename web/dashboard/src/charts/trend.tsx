// The score over the period: one line, the period before as a dashed level, the unfinished last bucket dashed.
// A press on a point opens the sessions of that bucket.
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { count, dateTime, groupScore, plural, points } from "../format";
import { bucketPart } from "../period";
import { SessionsLink, useProject, useSearchState } from "../place";
import { kept } from "../search";
import type { Tokens } from "../theme";
import type { Overview } from "../types";
import { overviewWords } from "../overview_words";
import { words } from "../words";
import { bandSeries, type Bounds } from "./band";
import { EChart } from "./echart";
import type { ChartOption } from "./echarts_parts";
import type { TimeAxis } from "./period_pick";
import { releaseMarks, releaseNote, releasesAt, releaseSentences } from "./release_marks";
import { bucketLabels, scoreAxis } from "./scale";

const HEIGHT = 264;
/** A line of more points than this has dots only where a point stands alone. */
const DOTS_UP_TO = 31;

/** With fewer scored buckets, or fewer sessions in each, there are points on one plain line: dashes over every gap would be
 * most of the drawing. */
const FEW_BUCKETS = 10;
const FEW_SESSIONS = 3;

type Trend = Pick<Overview, "trend" | "bucket_s" | "score_before" | "since" | "until" | "releases"> & { worse?: string | undefined };
function option(props: Omit<Trend, "since" | "until">, t: Tokens): ChartOption {
  const { trend, bucket_s, score_before, releases } = props;
  const scores = trend.map((p) => (p.score === null ? null : Math.round(p.score * 10) / 10));
  const present = scores.filter((s) => s !== null);
  const bounds = trend.map(boundsOf);
  const ends = bounds.flatMap((one) => (one ? [one.low, one.high] : []));
  const axis = scoreAxis([...present, ...ends, ...(score_before === null ? [] : [score_before])]);
  const last = scores.length - 1;
  const isFew = present.length < FEW_BUCKETS || trend.reduce((sum, p) => sum + p.sessions, 0) / present.length < FEW_SESSIONS;
  const labels = bucketLabels(trend.map((p) => p.at), bucket_s);
  // A bucket between empty ones has no line to stand on: it gets a dot, and a thin dashed line leads over the gaps.
  const isAlone = (i: number) => scores[i - 1] == null && scores[i + 1] == null;
  const line = {
    type: "line" as const, symbol: "circle", symbolSize: (_score: unknown, { dataIndex: i }: { dataIndex: number }) => (present.length <= DOTS_UP_TO || isAlone(i) ? 5 : 0),
    showAllSymbol: true, lineStyle: { color: t.accent, width: 2.25 }, itemStyle: { color: t.accent }, emphasis: { disabled: true },
  };
  const bridge = { type: "line" as const, data: scores, connectNulls: true, symbol: "none", silent: true, z: 1, lineStyle: { color: t.line2, width: 1, type: [3, 4] } };
  const unfinished = { ...line, data: scores.map((s, i) => (i >= last - 1 && last > 0 ? s : null)), lineStyle: { ...line.lineStyle, type: [4, 3] } };
  return {
    grid: { left: 4, right: 12, top: 18, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category", data: trend.map((p) => p.at), boundaryGap: false,
      axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: t.ink3, hideOverlap: true, margin: 10, interval: (index) => labels[index] !== "", formatter: (_at, index) => labels[index] ?? "" },
    },
    yAxis: { type: "value", min: axis.from, max: axis.to, interval: axis.step, axisLabel: { color: t.ink3, margin: 12 }, splitLine: { lineStyle: { color: t.line } } },
    tooltip: {
      trigger: "axis", backgroundColor: t.raised, borderColor: t.line, textStyle: { color: t.ink, fontSize: 13 }, padding: [8, 12], extraCssText: "box-shadow: 0 4px 16px rgb(0 0 0 / .16)",
      axisPointer: { lineStyle: { color: t.line2, type: "solid" } },
      formatter: (items) => {
        const first = Array.isArray(items) ? items[0] : items;
        const point = trend[first?.dataIndex ?? -1];
        if (!point) return "";
        return `${dateTime(point.at)}<br><b>${scoreOf(point)}</b> · ${plural(point.sessions, "session")}${point.score === null ? "" : `<br>${intervalOf(point)}`}${releaseNote(point.at, releases)}`;
      },
    },
    series: [
      {
        ...line, data: scores.map((s, i) => (isFew || i < last || last === 0 ? s : null)), connectNulls: isFew,
        markLine: {
          silent: true, symbol: "none", animation: false, lineStyle: { color: t.ink3, width: 1.5, type: [4, 4] },
          data: [
            ...(score_before === null ? [] : [{ yAxis: score_before, label: { position: "insideEndTop" as const, color: t.ink2, formatter: `${overviewWords.before} ${groupScore(score_before)}` } }]),
            ...releaseMarks(trend.map(({ at }) => at), releases, props.worse, t),
          ],
        },
      },
      ...(isFew ? [] : [bridge, unfinished]),
      ...bandSeries(trend.map((p) => p.at), bounds, isFew, t),
    ],
  };
}

type Point = Overview["trend"][number];

function boundsOf({ score_low: low, score_high: high }: Point): Bounds {
  return low === null || high === null ? null : { low, high };
}

function scoreOf({ score }: Point): string {
  return score === null ? words.band.none : groupScore(score);
}

/** The 95 % interval of a point's mean, or that too few sessions stand behind it. */
function intervalOf(point: Point): string {
  const bounds = boundsOf(point);
  return bounds ? overviewWords.bounds(bounds.low, bounds.high) : overviewWords.noBounds;
}

/** A point as it is read aloud: what its tooltip says. */
function pointSaid(point: Point | undefined, releases: Trend["releases"]): string {
  if (!point) return "";
  const parts = [dateTime(point.at), scoreOf(point), ...(point.score === null ? [] : [intervalOf(point)]), plural(point.sessions, "session")];
  return [`${parts.join(", ")}.`, ...releaseSentences(releases.filter(({ at }) => at === point.at))].join(" ");
}

function sentence({ trend, releases }: Trend): string {
  const scores = trend.map((p) => p.score).filter((s) => s !== null);
  const first = scores[0];
  const last = scores[scores.length - 1];
  if (first === undefined || last === undefined) return overviewWords.notScored;
  const course = overviewWords.trend(groupScore(first), groupScore(last), groupScore(Math.min(...scores)), groupScore(Math.max(...scores)));
  return [course, ...releaseSentences(releases)].join(" ");
}

export function TrendChart(props: Trend) {
  const navigate = useNavigate();
  const project = useProject();
  const here = useSearchState();
  const { trend, bucket_s, score_before, releases, worse } = props;
  const build = useCallback((t: Tokens) => option({ trend, bucket_s, score_before, releases, worse }, t), [trend, bucket_s, score_before, releases, worse]);
  const open = (index: number) => {
    const point = trend[index];
    if (!point) return;
    void navigate({ to: "/p/$project/sessions", params: { project }, search: { ...kept(here), ...bucketPart(point.at, bucket_s, props) } });
  };
  const axis: TimeAxis = { starts: trend.map((p) => p.at), bucketS: bucket_s, period: props, name: words.score.title, say: (index) => pointSaid(trend[index], releases), onOpen: open };
  return <EChart option={build} height={HEIGHT} sentence={sentence(props)} axis={axis} />;
}

/** The same numbers as a table, for readers of tables and screen readers. */
export function TrendTable({ trend, bucket_s, since, until, releases }: Trend) {
  return (
    <div className="chart-table" style={{ height: HEIGHT }} tabIndex={0} role="region" aria-label={words.score.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{overviewWords.trendRow.at}</th>
            <th scope="col">{overviewWords.trendRow.score}</th>
            <th scope="col">{overviewWords.trendRow.interval}</th>
            <th scope="col">{overviewWords.trendRow.sessions}</th>
            {releases.length > 0 && <th scope="col">{overviewWords.trendRow.release}</th>}
          </tr>
        </thead>
        <tbody>
          {trend.map((p) => (
            <tr key={p.at}>
              <td>{dateTime(p.at)}</td>
              <td>{p.score === null ? "–" : groupScore(p.score)}</td>
              <td>{boundsOf(p) ? `${points(p.score_low ?? 0)}–${points(p.score_high ?? 0)}` : "–"}</td>
              <td>{p.sessions > 0 ? <SessionsLink search={bucketPart(p.at, bucket_s, { since, until })}>{count(p.sessions)}</SessionsLink> : "0"}</td>
              {releases.length > 0 && <td>{releasesAt(p.at, releases)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
