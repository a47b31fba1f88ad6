// Screens: who saw them, who left there, and what was lost there and by what.
import "../styles/sessions.css";
import "../styles/latency.css";
import "../styles/screens.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { Answer } from "../parts/answer";
import { comparedWith } from "../parts/comparable";
import { NoSessions } from "../parts/no_sessions";
import { beforeWords } from "../period";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { Depth } from "../screens/depth";
import { paintQuery, screensQuery } from "../screens/queries";
import { ScreenTable } from "../screens/table";
import { screensWords } from "../screens_words";
import { words } from "../words";

/** So many rows that the chosen screen's cards below stay near. */
const STEP = 12;
const MOST = 500;

export function Page() {
  const slug = useProject();
  const search = useSearchState();
  const period = usePeriod();
  const [limit, setLimit] = useState(STEP);
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(screensQuery(slug, search, period, limit));
  const paints = useQuery(paintQuery(slug, search, period)).data;
  const firstRun = useFirstRun(slug, data?.sessions === 0 && !stale);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  const selected = search.on ?? data?.rows[0]?.screen;
  return (
    <div className="page screens">
      <title>{`${screensWords.title} · ${words.product}`}</title>
      <header className="page-head">
        <h1>{screensWords.title}</h1>
        {data && data.sessions > 0 && (
          <p aria-live="polite">
            {screensWords.population(data.row_count)}
            <SessionsLink>{screensWords.sessions(data.sessions)}</SessionsLink>, {comparedWith(data, beforeWords(period))}
          </p>
        )}
      </header>
      <Answer to={{ data, error, refetch }} title={screensWords.title} isWaiting={firstRun.isPending}>
        {(list) =>
          list.row_count === 0 ? (
            <NoSessions title={screensWords.empty} text={screensWords.emptySub} />
          ) : (
            <>
              <ScreenTable list={list} paints={new Map(paints?.rows.map((row) => [row.screen, row]))} selected={selected} stale={stale} onMore={limit < MOST ? () => setLimit(Math.min(MOST, limit * 4)) : undefined} />
              {selected !== undefined && <Depth screen={selected} />}
            </>
          )
        }
      </Answer>
    </div>
  );
}
