// The score of the period, what it was before, its course, and four counts beside it.
import { lazy, Suspense, useState, type ReactNode } from "react";
import { count, duration, durationChange, groupScore, share, shareChange, signed } from "../format";
import { Card } from "../parts/card";
import { Change } from "../parts/change";
import { isComparable } from "../parts/comparable";
import { BandSign, bandOf } from "../parts/score_mark";
import { Blocks } from "../parts/states";
import { TableToggle } from "../parts/table_toggle";
import { ExplainLink, SessionsLink, usePeriod } from "../place";
import { beforeWords } from "../period";
import type { FindingList, Overview } from "../types";
import { overviewWords } from "../overview_words";
import { words } from "../words";

const TrendChart = lazy(() => import("../charts/trend").then((m) => ({ default: m.TrendChart })));
const TrendTable = lazy(() => import("../charts/trend").then((m) => ({ default: m.TrendTable })));

export function ScoreCard({ overview, changes, stale }: { overview: Overview; changes: FindingList | undefined; stale: boolean }) {
  const [asTable, setAsTable] = useState(false);
  const Drawing = asTable ? TrendTable : TrendChart;
  return (
    <Card title={words.score.title} side={<TableToggle asTable={asTable} onChange={setAsTable} />} className="tall" stale={stale}>
      <Hero overview={overview} lost={changes?.lost ?? null} />
      <Suspense fallback={<Blocks blocks={[["100%", 264]]} />}>
        <Drawing trend={overview.trend} bucket_s={overview.bucket_s} score_before={overview.score_before} since={overview.since} until={overview.until} releases={overview.releases} worse={changes?.findings[0]?.release ?? undefined} />
      </Suspense>
      {!asTable && overview.trend.some((point) => point.score_low !== null) && <p className="chart-note">{overviewWords.band}</p>}
      <Counts overview={overview} />
    </Card>
  );
}

/** `lost`: the change of what is lost, with its interval; the score's is the other way round. */
function Hero({ overview: { score, score_before, sessions, sessions_before }, lost }: { overview: Overview; lost: FindingList["lost"] }) {
  const before = beforeWords(usePeriod());
  if (score === null) {
    return (
      <p className="hero">
        <b>–</b> <span className="tag">{words.band.none}</span>
      </p>
    );
  }
  const band = bandOf(score);
  return (
    <p className="hero">
      <ExplainLink to="/p/$project/score" className="hero-link" label={overviewWords.openScore(groupScore(score))}>
        <b>{groupScore(score)}</b>
      </ExplainLink>
      <span className="hero-band">
        <BandSign band={band} size={11} /> {words.band[band]}
      </span>
      <span className="hero-change">
        {score_before === null ? (
          overviewWords.noneBefore
        ) : isComparable({ sessions, sessions_before }) ? (
          <>
            <Change now={score} before={score_before} meaning="less hurts" /> {overviewWords.change(before)}
            {lost && overviewWords.interval(-lost.high, -lost.low)}
          </>
        ) : (
          overviewWords.fewBefore(sessions, sessions_before ?? 0)
        )}
      </span>
    </p>
  );
}

function Counts({ overview: o }: { overview: Overview }) {
  const traffic = o.sessions_before && isComparable(o) ? (o.sessions - o.sessions_before) / o.sessions_before : null;
  const compared = isComparable(o);
  return (
    <dl className="counts">
      <Figure
        name={overviewWords.sessions}
        value={<SessionsLink>{count(o.sessions)}</SessionsLink>}
        change={traffic === null ? null : <Change now={traffic} before={0} meaning="neutral" write={(d) => `${signed(d * 100, 0)}\u202f%`} />}
      />
      <Figure
        name={overviewWords.poor}
        value={o.poor_share === null ? "–" : <SessionsLink search={{ max_score: 50, sort: "score", order: "asc" }}>{share(o.poor_share)}</SessionsLink>}
        change={compared && o.poor_share !== null && <Change now={o.poor_share} before={o.poor_share_before} meaning="more hurts" write={shareChange} />}
      />
      <Figure name={overviewWords.moments} value={<ExplainLink to="/p/$project/moments" search={{ emotion: "frustrated" }}>{count(o.moments)}</ExplainLink>} change={compared && <Change now={o.moments} before={o.moments_before} meaning="more hurts" write={(d) => signed(d, 0)} />} />
      <Figure name={overviewWords.waited} value={o.waited_ms_mean === null ? "–" : <ExplainLink to="/p/$project/latency">{duration(o.waited_ms_mean)}</ExplainLink>} change={compared && o.waited_ms_mean !== null && <Change now={o.waited_ms_mean} before={o.waited_ms_mean_before} meaning="more hurts" write={durationChange} />} />
    </dl>
  );
}

function Figure({ name, value, change }: { name: string; value: ReactNode; change: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {change && <dd className="figure-change">{change}</dd>}
    </div>
  );
}
