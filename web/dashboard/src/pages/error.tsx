// One error group: who met it, since when, in which release, browser and screen, an example, and the moments to watch.
import "../styles/errors.css";
import { IconChartBar, IconChevronLeft, IconPlayerPlay, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { ApiError } from "../api";
import { ActionIcon, Button } from "../controls/button";
import { Tooltip } from "../controls/tooltip";
import { GroupSign, groupTitle } from "../errors/names";
import { Occurrences } from "../errors/occurrences";
import { opensBefore } from "../errors/opens";
import { Parts } from "../errors/parts";
import { GroupScore } from "../errors/table";
import { TrendBars, TrendTable } from "../errors/trend";
import { count, dateTime } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { useNarrowing } from "../parts/none_left";
import { Blocks, Nothing, SlowNote } from "../parts/states";
import { SessionLink, SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { errorGroupQuery } from "../errors/queries";
import { kept, narrowed } from "../search";
import type { ErrorGroupPage } from "../types";
import { overviewWords } from "../overview_words";
import { errorWords } from "../error_words";
import { words } from "../words";

export function Page() {
  const slug = useProject();
  const { groupKey = "" } = useParams({ strict: false }) as { groupKey?: string };
  const { data, error, isPlaceholderData, refetch } = useQuery(errorGroupQuery(slug, groupKey, useSearchState(), usePeriod()));
  const isUnknown = error instanceof ApiError && error.status === 404;
  const title = data ? groupTitle(data.group) : words.nav.error;
  return (
    <div className="page errors">
      <title>{`${title} · ${words.product}`}</title>
      <header className="error-head">
        <Back />
        <h1>{isUnknown ? errorWords.unknown : title}</h1>
      </header>
      {isUnknown ? (
        <Card>
          <Nothing title={words.states.notFoundSub} text={errorWords.unknownSub} />
        </Card>
      ) : (
        <Answer to={{ data, error, refetch }} title={words.nav.error} waiting={<Waiting />}>
          {(page) => <Found page={page} stale={isPlaceholderData} />}
        </Answer>
      )}
    </div>
  );
}

/** In the shape of what comes. */
function Waiting() {
  const { parts } = errorWords;
  return (
    <>
      <Card className="finding">
        <Blocks blocks={[["40%", 16], ["60%", 30], ["100%", 54]]} />
        <SlowNote />
      </Card>
      <div className="grid two">
        {[errorWords.overTime, errorWords.example].map((title) => (
          <Card key={title} title={title}>
            <Blocks blocks={[["100%", 216]]} />
          </Card>
        ))}
      </div>
      <div className="grid three">
        {[parts.releases, parts.browsers, parts.screens].map((title) => (
          <Card key={title} title={title}>
            <Blocks blocks={[["100%", 24], ["70%", 24], ["50%", 24]]} />
          </Card>
        ))}
      </div>
    </>
  );
}

function Back() {
  const project = useProject();
  return (
    <Link to="/p/$project/errors" params={{ project }} search={kept(useSearchState())} className="back-link">
      <IconChevronLeft size={16} stroke={1.7} aria-hidden="true" /> {errorWords.back}
    </Link>
  );
}

function Found({ page, stale }: { page: ErrorGroupPage; stale: boolean }) {
  const { group } = page;
  const { parts } = errorWords;
  return (
    <>
      <Says page={page} stale={stale} />
      <div className="grid two">
        <OverTime page={page} stale={stale} />
        <ExampleCard page={page} stale={stale} />
      </div>
      <div className="grid three">
        <Parts title={parts.releases} sub={parts.releasesSub} group={group.key} parts={page.releases} stale={stale} />
        <Parts title={parts.browsers} sub={parts.browsersSub} group={group.key} parts={page.browsers} stale={stale} />
        <Parts title={parts.screens} sub={parts.screensSub} group={group.key} parts={page.screens} stale={stale} />
      </div>
      <Occurrences group={group.key} />
    </>
  );
}

function Says({ page: { group, all_sessions }, stale }: { page: ErrorGroupPage; stale: boolean }) {
  const { figures } = errorWords;
  const project = useProject();
  const here = useSearchState();
  const own = { error_group: group.key };
  const { isNarrowed } = useNarrowing();
  return (
    <Card className="finding" stale={stale}>
      <p className="eyebrow">
        <span className="eyebrow-kind">
          <GroupSign kind={group.kind} /> {errorWords.kinds[group.kind].means}
        </span>
        {group.place && <span>{group.place}</span>}
      </p>
      <div className="finding-row">
        <p className="say">{group.sessions ? errorWords.met(group.sessions, all_sessions) : isNarrowed ? errorWords.metNoneLeft : errorWords.metNone}.</p>
        {group.sessions > 0 && (
          <Button
            variant="filled"
            leftSection={<IconPlayerPlay size={16} stroke={1.7} />}
            renderRoot={(props) => <Link to="/p/$project/sessions" params={{ project }} search={narrowed(here, { ...own, sort: "score", order: "asc" })} {...props} />}
          >
            {errorWords.watch(group.sessions)}
          </Button>
        )}
      </div>
      <dl className="counts error-counts">
        <Figure name={figures.sessions} sub={figures.of(all_sessions)}>
          <SessionsLink search={own}>{count(group.sessions)}</SessionsLink>
        </Figure>
        <Figure name={figures.users}>{count(group.users)}</Figure>
        <Figure name={figures.errors}>{count(group.errors)}</Figure>
        <Figure name={figures.score}>{group.score === null ? "–" : <GroupScore score={group.score} scored={group.scored} />}</Figure>
        <Figure name={figures.first} sub={figures.ever}>
          {dateTime(group.first_seen)}
        </Figure>
        <Figure name={figures.last} sub={figures.ever}>
          {dateTime(group.last_seen)}
        </Figure>
      </dl>
    </Card>
  );
}

function Figure({ name, sub, children }: { name: string; sub?: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      <dd className="figure-change">{sub}</dd>
    </div>
  );
}

function OverTime({ page, stale }: { page: ErrorGroupPage; stale: boolean }) {
  const [asTable, setAsTable] = useState(false);
  const label = asTable ? overviewWords.chart : overviewWords.table;
  const Drawing = asTable ? TrendTable : TrendBars;
  const toggle = (
    <Tooltip label={label}>
      <ActionIcon size={28} aria-label={label} onClick={() => setAsTable(!asTable)}>
        {asTable ? <IconChartBar size={17} stroke={1.7} /> : <IconTable size={17} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Card title={errorWords.overTime} sub={errorWords.overTimeSub} side={toggle} stale={stale}>
      <Drawing group={page.group.key} trend={page.group.trend} bucketS={page.bucket_s} />
    </Card>
  );
}

function ExampleCard({ page: { example, group }, stale }: { page: ErrorGroupPage; stale: boolean }) {
  const link = example && (
    <SessionLink sessionId={example.session_id} search={opensBefore(group.key, example.at_ms)} className="number-link">
      {errorWords.exampleOf(dateTime(example.at))}
    </SessionLink>
  );
  return (
    <Card title={errorWords.example} sub={link} stale={stale}>
      {example ? (
        <>
          <p className="example-message">{example.message}</p>
          {example.stack ? (
            <pre className="example-stack" tabIndex={0}>
              {example.stack}
            </pre>
          ) : (
            <p className="quiet">{errorWords.noStack}</p>
          )}
        </>
      ) : (
        <p className="quiet">{errorWords.noExample}</p>
      )}
    </Card>
  );
}
