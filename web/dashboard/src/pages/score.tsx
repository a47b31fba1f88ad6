// Score: how scores are spread, release by release, version by version, where and for whom, and how one is worked out.
import "../styles/sessions.css";
import "../styles/signals.css";
import "../styles/score.css";
import { useQuery } from "@tanstack/react-query";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { NoSessions } from "../parts/no_sessions";
import { NoneLeft } from "../parts/none_left";
import { Blocks, SlowNote } from "../parts/states";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { ByCard } from "../score/by";
import { ExampleCard, FormulaCard, WeightsCard } from "../score/formula";
import { scoreSummaryQuery } from "../score/queries";
import { IssuesCard } from "../score/issues";
import { ReleasesCard } from "../score/releases";
import { SpreadCard } from "../score/spread";
import { VersionsCard } from "../score/versions";
import type { ScoreSummary } from "../types";
import { scoreWords } from "../score_words";
import { words } from "../words";

/** The newest release that got surely worse, before the mean; nothing is claimed otherwise. */
function Finding({ summary: { releases, poor, scored }, score }: { summary: ScoreSummary; score: number }) {
  const worse = releases.find((row) => row.verdict === "worse");
  return (
    <p className="say">
      {worse?.difference && `${scoreWords.worse(worse.release, worse.against ?? "", -worse.difference.value)} `}
      {scoreWords.say(score, poor, scored)}
    </p>
  );
}

export function Page() {
  const slug = useProject();
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(scoreSummaryQuery(slug, useSearchState(), usePeriod()));
  const firstRun = useFirstRun(slug, data?.sessions === 0 && !stale);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  return (
    <div className="page score">
      <title>{`${scoreWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{scoreWords.title}</h1>
        {data && data.sessions > 0 && (
          <p aria-live="polite">
            {scoreWords.population(data.scored)}
            <SessionsLink>{scoreWords.sessions(data.sessions)}</SessionsLink>
          </p>
        )}
      </header>
      <Answer to={{ data, error, refetch }} title={scoreWords.title} waiting={<Waiting />} isWaiting={firstRun.isPending}>
        {(summary) =>
          summary.sessions === 0 ? (
            <NoSessions />
          ) : (
            <>
              {summary.score === null ? (
                <Card>
                  <NoneLeft title={scoreWords.empty} text={scoreWords.emptySub} />
                </Card>
              ) : (
                <Finding summary={summary} score={summary.score} />
              )}
              <ReleasesCard summary={summary} stale={stale} />
              <IssuesCard />
              <div className="grid two">
                <div className="stack filling">
                  <SpreadCard summary={summary} stale={stale} />
                  <VersionsCard summary={summary} stale={stale} />
                </div>
                <ByCard />
              </div>
              <div className="grid two top">
                <div className="stack">
                  <FormulaCard />
                  <ExampleCard sessionId={summary.example} />
                </div>
                <WeightsCard />
              </div>
            </>
          )
        }
      </Answer>
    </div>
  );
}

/** In the shape of what comes. */
function Waiting() {
  const rows = (count: number) => Array.from({ length: count }, () => ["100%", 24] as const);
  return (
    <>
      <div className="say-wait">
        <Blocks blocks={[["min(100%, 560px)", 34]]} />
      </div>
      <Card title={scoreWords.releases.title}>
        <Blocks blocks={rows(2)} />
        <SlowNote />
      </Card>
      <Card title={scoreWords.issues.title}>
        <Blocks blocks={[["min(100%, 240px)", 32], ...rows(8)]} />
      </Card>
      <div className="grid two">
        <div className="stack filling">
          <Card title={scoreWords.spread.title}>
            <Blocks blocks={[["100%", 194]]} />
          </Card>
          <Card title={scoreWords.versions.title}>
            <Blocks blocks={[["60%", 20]]} />
          </Card>
        </div>
        <Card title={scoreWords.by.title}>
          <Blocks blocks={[["min(100%, 276px)", 32], ...rows(9)]} />
        </Card>
      </div>
    </>
  );
}
