// What is known of a change, each part with one small picture and one number: where, since when, for whom, why.
import type { ReactNode } from "react";
import { aboutTime, duration, elementName, points, share, signed } from "../format";
import { Breakable } from "../parts/breakable";
import { CauseGlyph } from "../parts/glyphs";
import { ApiLink, ErrorLink, SessionsLink } from "../place";
import type { Search } from "../search";
import type { Change, FindingList, Overview, PlaceRow } from "../types";
import { overviewWords } from "../overview_words";
import { sessionsWords } from "../sessions_words";
import { signalName } from "../words";
import { searchOf } from "./change_search";

const { worse } = overviewWords;
const MOST_PLACES = 4;
/** Reasons that cost less than is written of them are left out, but for the largest. */
const LEAST_TOLD = 0.05;

interface PartsProps {
  change: Change;
  changes: FindingList;
  overview: Overview;
}

export function ChangeParts({ change, changes, overview }: PartsProps) {
  return (
    <dl className="change-parts">
      <Where change={change} overview={overview} />
      <When change={change} changes={changes} />
      <Whom change={change} />
      <Why change={change} />
    </dl>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The places of its kind that cost most, this one warm; a place that is not among them stands first. */
function Where({ change, overview }: Omit<PartsProps, "changes">) {
  const { place_kind: kind, place, place_screen: screen, label } = change;
  if (kind === "error") {
    return (
      <Part title={worse.where}>
        <ErrorLink group={place} className="number-link">
          <Breakable name={label ?? place} />
        </ErrorLink>
      </Part>
    );
  }
  const rows: readonly PlaceRow[] = { screen: overview.screens, api: overview.apis, element: overview.elements }[kind];
  const isHere = (row: Pick<PlaceRow, "name" | "screen">) => row.name === place && (kind !== "element" || (row.screen ?? null) === (screen ?? null));
  const own = rows.find(isHere) ?? { name: place, screen, label, points: change.change.points };
  const shown = [...(rows.slice(0, MOST_PLACES).some(isHere) ? [] : [own]), ...rows].slice(0, MOST_PLACES);
  const most = Math.max(...shown.map((row) => row.points), 0.01);
  return (
    <Part title={worse.where}>
      <ul className="where-list">
        {shown.map((row) => (
          <li key={`${row.name} ${row.screen ?? ""}`} className={isHere(row) ? "here" : undefined}>
            <span>
              <Breakable name={kind === "element" ? elementName(row.name, row.label) : row.name} />
            </span>
            <span className="where-bar" aria-hidden="true">
              <i style={{ width: `${(100 * row.points) / most}%` }} />
            </span>
            <b>{points(-row.points)}</b>
          </li>
        ))}
      </ul>
      <small className="quiet">{worse.lostThere}</small>
    </Part>
  );
}

const WIDTH = 200;
const HEIGHT = 52;
const PAD = 4;

/** Points of a session over both periods: grey before the change, ember from then on. */
function When({ change, changes }: Omit<PartsProps, "overview">) {
  const { course, since, release } = change;
  const until = Date.parse(changes.until);
  const length = until - Date.parse(changes.since);
  const top = Math.max(...course.map((mean) => mean ?? 0), 0.01);
  const x = (index: number) => ((index + 0.5) / course.length) * WIDTH;
  const y = (mean: number) => HEIGHT - PAD - (mean / top) * (HEIGHT - 2 * PAD);
  const cut = ((Date.parse(since) - (until - 2 * length)) / (2 * length)) * course.length - 0.5;
  const line = (isPart: (index: number) => boolean) =>
    course.flatMap((mean, index) => (mean !== null && isPart(index) ? [`${x(index).toFixed(1)},${y(mean).toFixed(1)}`] : [])).join(" ");
  const at = aboutTime(since);
  return (
    <Part title={worse.when}>
      <SessionsLink search={{ ...searchOf(change), since, until: changes.until, period: undefined }}>{at}</SessionsLink>
      <svg className="course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={worse.course(at, change.level_before, change.level_after)}>
        <polyline points={line((index) => index <= cut + 0.5)} className="before" />
        <polyline points={line((index) => index >= cut - 0.5)} className="after" />
        <line x1={x(cut)} x2={x(cut)} y1={0} y2={HEIGHT} />
      </svg>
      <span className="course-ends">
        <small>{worse.levelBefore(change.level_before)}</small>
        <small className="hurts">{worse.levelAfter(change.level_after)}</small>
      </span>
      {release && (
        <SessionsLink search={{ ...searchOf(change), release }}>{worse.release(release)}</SessionsLink>
      )}
    </Part>
  );
}

function Whom({ change }: { change: Change }) {
  const parts = change.for_whom;
  const most = Math.max(...parts.map(({ difference }) => difference.high), 0.01);
  const at = (value: number) => `${(100 * Math.max(0, value)) / most}%`;
  return (
    <Part title={worse.for}>
      {parts.length === 0 && <span className="quiet">{worse.forAll}</span>}
      {parts.length > 0 && (
        <ul className="whom-list">
          {parts.map(({ dimension, value, difference, filter }) => (
            <li key={dimension + value}>
              <SessionsLink search={{ ...searchOf(change), ...(filter as Search) }}>{sessionsWords.parts(dimension, value)}</SessionsLink>
              <span className="whisker" role="img" aria-label={worse.surely(difference.low, difference.high)}>
                <i style={{ left: at(difference.low), right: `calc(100% - ${at(difference.high)})` }} />
                <b style={{ left: at(difference.difference) }} />
              </span>
              <b>{signed(difference.difference)}</b>
            </li>
          ))}
        </ul>
      )}
      {parts.length > 0 && <small className="quiet">{worse.whomScale}</small>}
    </Part>
  );
}

/** What rose there: the calls of its API, then the kinds of issues; each kind opens who lost points to it. */
function Why({ change }: { change: Change }) {
  const { calls } = change;
  const p95 = calls?.p95_ms_since;
  const told = change.why.filter(({ points: cost }, index) => index === 0 || cost >= LEAST_TOLD);
  return (
    <Part title={worse.reasons}>
      {calls && (
        <ApiLink api={calls.api} className="number-link">
          <Breakable name={calls.api} />
        </ApiLink>
      )}
      <ul className="why-list">
        {calls && calls.failed_share_since !== null && <CallFigure name={worse.fails} now={share(calls.failed_share_since)} before={calls.failed_share_before === null ? null : share(calls.failed_share_before)} />}
        {calls && p95 != null && <CallFigure name="p95" now={duration(p95)} before={calls.p95_ms_before === null ? null : duration(calls.p95_ms_before)} />}
        {told.map(({ type, api, element, points: now, points_before, filter }) => (
          <li key={`${type} ${api} ${element}`}>
            <CauseGlyph cause={change.cause} signal={type} size={15} />
            <SessionsLink search={{ ...searchOf(change), ...(filter as Search) }}>{signalName(type)}</SessionsLink>
            <b>{points(now)}</b>
            <span className="quiet">{worse.was(points(points_before))}</span>
          </li>
        ))}
      </ul>
      <small className="quiet">{worse.together}</small>
    </Part>
  );
}

function CallFigure({ name, now, before }: { name: string; now: string; before: string | null }) {
  if (now === before) return null;
  return (
    <li>
      <span className="glyph-room" />
      <span>{name}</span>
      <b>{now}</b>
      {before !== null && <span className="quiet">{worse.was(before)}</span>}
    </li>
  );
}
