// What costs on one screen: causes, elements, APIs, errors, and the ways to its heatmap, journeys and sessions.
import { IconFlame, IconPlayerPlay, IconRoute } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Button } from "../controls/button";
import { count, elementName, points } from "../format";
import { groupTitle } from "../errors/names";
import { Answer } from "../parts/answer";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import { LostBar } from "../parts/loss_bar";
import { NoneLeft, NoneLine } from "../parts/none_left";
import { ErrorLink, SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import { filterSearch, kept, narrowed } from "../search";
import type { ScreenCost, ScreenDetail } from "../types";
import { screensWords } from "../screens_words";
import { signalName, words } from "../words";
import { screenQuery } from "./queries";

const { cards, way } = screensWords;

export function Depth({ screen }: { screen: string }) {
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(screenQuery(useProject(), useSearchState(), usePeriod(), screen));
  return (
    <Answer to={{ data, error, refetch }} title={screensWords.depth(screen)} blocks={[["60%", 24], ["100%", 180]]}>
      {(detail) => <Shown screen={screen} detail={detail} stale={stale} />}
    </Answer>
  );
}

function Shown({ screen, detail: data, stale }: { screen: string; detail: ScreenDetail; stale: boolean }) {
  if (!data.row) {
    return (
      <Card title={screen} stale={stale}>
        <NoneLeft title={screensWords.unknown(screen)} />
      </Card>
    );
  }
  return (
    <section className="screen-depth" aria-label={screensWords.depth(screen)}>
      <header className="depth-head">
        <h2>{screensWords.depth(screen)}</h2>
        <Ways screen={screen} sessions={data.row.sessions} />
      </header>
      <div className="grid four">
        <Causes detail={data} stale={stale} />
        <Costs title={cards.elements} rows={data.elements} all={data.element_count} stale={stale} />
        <Costs title={cards.apis} rows={data.apis} all={data.api_count} stale={stale} />
        <Errors detail={data} stale={stale} />
      </div>
    </section>
  );
}

function Ways({ screen, sessions }: { screen: string; sessions: number }) {
  const project = useProject();
  const here = useSearchState();
  return (
    <nav className="ways" aria-label={way.label(screen)}>
      <Button renderRoot={(props) => <Link to="/p/$project/heatmaps" params={{ project }} search={{ ...kept(here), on: screen }} {...props} />} leftSection={<IconFlame size={15} stroke={1.7} />}>
        {way.heatmap}
      </Button>
      <Button renderRoot={(props) => <Link to="/p/$project/journeys" params={{ project }} search={{ ...kept(here), start: screen }} {...props} />} leftSection={<IconRoute size={15} stroke={1.7} />}>
        {way.journeys}
      </Button>
      {sessions > 0 && (
        <Button variant="filled" renderRoot={(props) => <Link to="/p/$project/sessions" params={{ project }} search={narrowed(here, { screen, sort: "score", order: "asc" })} {...props} />} leftSection={<IconPlayerPlay size={15} stroke={1.7} />}>
          {way.sessions(sessions)}
        </Button>
      )}
    </nav>
  );
}

function Part({ title, sub, stale, isEmpty, children }: { title: string; sub: string; stale: boolean; isEmpty: boolean; children: ReactNode }) {
  return (
    <Card title={title} sub={sub} stale={stale}>
      {isEmpty ? <NoneLine text={cards.nothing} /> : children}
    </Card>
  );
}

function Causes({ detail, stale }: { detail: ScreenDetail; stale: boolean }) {
  const most = Math.max(0, ...detail.causes.map((row) => row.points));
  return (
    <Part title={cards.causes} sub={cards.causesSub} stale={stale} isEmpty={detail.causes.length === 0}>
      <ul className="place-list">
        {detail.causes.map((row) => (
          <li key={row.cause}>
            <span className="place-name">
              <CauseGlyph cause={row.cause} size={14} /> {words.cause[row.cause].label}
            </span>
            <b>{points(-row.points)}</b>
            <SessionsLink search={{ ...filterSearch(row.filter), sort: "score", order: "asc" }} label={`${words.cause[row.cause].label}: ${screensWords.watch(row.sessions)}`}>
              {count(row.sessions)}
            </SessionsLink>
            <LostBar lost={{ [row.cause]: row.points }} total={row.points} most={most} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Costs({ title, rows, all, stale }: { title: string; rows: readonly ScreenCost[]; all: number; stale: boolean }) {
  const most = Math.max(0, ...rows.map((row) => row.points));
  return (
    <Part title={title} sub={cards.costSub} stale={stale} isEmpty={rows.length === 0}>
      <ul className="place-list">
        {rows.map((row) => (
          <li key={row.name}>
            <span className="place-name" title={`${row.name}: ${row.types.map(signalName).join(", ")}`}>
              <Breakable name={elementName(row.name, row.label)} />
            </span>
            <b>{points(-row.points)}</b>
            <SessionsLink search={{ ...filterSearch(row.filter), sort: "score", order: "asc" }} label={`${elementName(row.name, row.label)}: ${screensWords.watch(row.sessions)}`}>
              {count(row.sessions)}
            </SessionsLink>
            <LostBar lost={row.points_by_cause} total={row.points} most={most} />
          </li>
        ))}
      </ul>
      {all > rows.length && <p className="quiet">{cards.further(all - rows.length)}</p>}
    </Part>
  );
}

function Errors({ detail, stale }: { detail: ScreenDetail; stale: boolean }) {
  return (
    <Part title={cards.errors} sub={cards.errorsSub} stale={stale} isEmpty={detail.errors.length === 0}>
      <ul className="place-list plain">
        {detail.errors.map((row) => (
          <li key={row.group_key}>
            <ErrorLink group={row.group_key} className="place-name row-link" title={groupTitle(row)}>
              <Breakable name={groupTitle(row)} />
            </ErrorLink>
            <span className="quiet">{screensWords.errors(row.errors)}</span>
            <SessionsLink search={filterSearch(row.filter)} label={`${groupTitle(row)}: ${screensWords.watch(row.sessions)}`}>
              {count(row.sessions)}
            </SessionsLink>
          </li>
        ))}
      </ul>
    </Part>
  );
}
