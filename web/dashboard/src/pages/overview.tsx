// Overview: what costs most, the score and where its points go, the worst places, the sessions to watch first.
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useChanges } from "../overview/changes";
import { FindingCard } from "../overview/finding";
import { LostPoints } from "../overview/lost_points";
import { Places } from "../overview/places";
import { ScoreCard } from "../overview/score_card";
import { WatchFirst } from "../overview/watch_first";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { isComparable } from "../parts/comparable";
import { NoSessions } from "../parts/no_sessions";
import { Blocks, SlowNote } from "../parts/states";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { zone } from "../format";
import { overviewQuery } from "../queries";
import { overviewWords } from "../overview_words";
import { words } from "../words";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";

const Devices = lazy(() => import("../overview/devices").then((m) => ({ default: m.Devices })));

export function Page() {
  const slug = useProject();
  const search = useSearchState();
  const { data, error, isPlaceholderData, refetch } = useQuery(overviewQuery(slug, search, usePeriod()));
  const changes = useChanges(data !== undefined && data.sessions > 0);
  const isEmpty = data !== undefined && data.sessions === 0 && !isPlaceholderData;
  const firstRun = useFirstRun(slug, isEmpty);
  // A comparison within the second is worth the wait: its card is taller than any other, and would push down what is read.
  const [opened, setOpened] = useState<string | null>(null);
  const isFirst = opened !== slug && changes.isAwaited && data !== undefined && isComparable(data);
  if (data && !isFirst && opened !== slug) setOpened(slug);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  return (
    <div className="page overview">
      <title>{`${words.nav.overview} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{words.nav.overview}</h1>
        {data && data.sessions > 0 && (
          <p>
            <SessionsLink>{overviewWords.populationSessions(data.sessions)}</SessionsLink>
            {overviewWords.population(data.visitors, zone())}
          </p>
        )}
      </header>
      <Answer to={{ data, error, refetch }} title={words.nav.overview} waiting={<Loading />} isWaiting={firstRun.isPending || isFirst}>
        {(overview) =>
          isEmpty ? (
            <NoSessions />
          ) : (
            <>
              <FindingCard overview={overview} changes={changes} stale={isPlaceholderData} />
              <div className="grid two">
                <ScoreCard overview={overview} changes={changes.shown} stale={isPlaceholderData} />
                <LostPoints overview={overview} stale={isPlaceholderData} />
              </div>
              <Places overview={overview} stale={isPlaceholderData} />
              <div className="grid watched">
                <WatchFirst overview={overview} changes={changes.shown} stale={isPlaceholderData} />
                <Suspense fallback={null}>
                  <Devices stale={isPlaceholderData} />
                </Suspense>
              </div>
            </>
          )
        }
      </Answer>
    </div>
  );
}

/** The page's shape in grey, in its final sizes. */
function Loading() {
  return (
    <>
      <Card className="finding">
        <Blocks blocks={[["30%", 16], ["70%", 30], ["45%", 30]]} />
        <SlowNote />
      </Card>
      <div className="grid two">
        <Card title={words.score.title} className="tall">
          <Blocks blocks={[["34%", 44], ["100%", 264], ["80%", 40]]} />
        </Card>
        <Card title={overviewWords.columns.points} className="tall">
          <Blocks blocks={[["100%", 14], ["100%", 34], ["100%", 34], ["100%", 34], ["100%", 34], ["100%", 34], ["100%", 34]]} />
        </Card>
      </div>
      <div className="grid three">
        {[overviewWords.screens, overviewWords.apis, overviewWords.elements].map((title) => (
          <Card key={title} title={title}>
            <Blocks blocks={[["100%", 30], ["80%", 30], ["60%", 30], ["50%", 30], ["40%", 30]]} />
          </Card>
        ))}
      </div>
    </>
  );
}
