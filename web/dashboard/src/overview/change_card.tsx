// What got worse against the period before: one sentence, then when, for whom and why; each part opens its sessions.
import { Link } from "@tanstack/react-router";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Button } from "../controls/button";
import { dateTime } from "../format";
import { Card } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import { SessionsLink, useProject, useSearchState } from "../place";
import { narrowed, type Search } from "../search";
import type { Change } from "../types";
import { overviewWords } from "../overview_words";
import { sessionsWords } from "../sessions_words";
import { findingPhrase, signalName } from "../words";

const { worse } = overviewWords;

/** The filters that mean exactly the sessions that lost points there. */
const searchOf = (change: Change): Search => ({ ...(change.filter as Search), sort: "score", order: "asc" });

export function ChangeCard({ first, others, stale }: { first: Change; others: readonly Change[]; stale: boolean }) {
  const project = useProject();
  const here = useSearchState();
  const { before, place, after } = findingPhrase(first);
  const { points, points_other, low, high } = first.change;
  return (
    <Card className="finding" stale={stale}>
      <p className="eyebrow">
        <span>{worse.eyebrow}</span>
        <span>
          {worse.grade[first.grade]}, {worse.surely(low, high)}
        </span>
      </p>
      <div className="finding-row">
        <p className="say">
          {worse.lead}
          {dateTime(first.since)}, {before}
          <SessionsLink search={searchOf(first)} className="say-link">
            {place}
          </SessionsLink>
          {after}
          {worse.got}
          {worse.now(points, points_other)}.
        </p>
        <Button
          variant="filled"
          leftSection={<IconPlayerPlayFilled size={13} />}
          renderRoot={(props) => <Link to="/p/$project/sessions" params={{ project }} search={narrowed(here, searchOf(first))} {...props} />}
        >
          {overviewWords.watch(first.sessions)}
        </Button>
      </div>
      <Parts change={first} />
      {others.length > 0 && <Others others={others} />}
    </Card>
  );
}

/** Reasons that cost something as written; the largest where none does. */
const told = (why: Change["why"]) => why.filter(({ points }, i) => i === 0 || points >= LEAST_TOLD);
const LEAST_TOLD = 0.05;

function Parts({ change }: { change: Change }) {
  return (
    <dl className="change-parts">
      {change.release && (
        <Part title={worse.when}>
          <SessionsLink search={{ ...searchOf(change), release: change.release }}>{worse.release(change.release)}</SessionsLink>
        </Part>
      )}
      {change.for_whom.length > 0 && (
        <Part title={worse.for}>
          {change.for_whom.map(({ dimension, value, difference, filter }) => (
            <SessionsLink key={dimension + value} search={{ ...searchOf(change), ...(filter as Search) }}>
              {worse.whom(sessionsWords.parts(dimension, value), difference.points, difference.points_other)}
            </SessionsLink>
          ))}
        </Part>
      )}
      <Part title={worse.reasons}>
        {told(change.why).map(({ type, api, element, points, points_before }) => (
          <span key={`${type} ${api} ${element}`}>{worse.why([signalName(type), api ?? element].filter(Boolean).join(", "), points, points_before)}</span>
        ))}
        <small className="quiet">{worse.together}</small>
      </Part>
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

function Others({ others }: { others: readonly Change[] }) {
  return (
    <p className="also-worse">
      <span>{worse.also}</span>
      {others.map((change) => (
        <SessionsLink key={change.cause + change.place_kind + change.place + (change.place_screen ?? "")} search={searchOf(change)}>
          <CauseGlyph cause={change.cause} size={14} /> {change.label ? `“${change.label}”` : change.place}, {worse.now(change.change.points, change.change.points_other)}
        </SessionsLink>
      ))}
    </p>
  );
}
