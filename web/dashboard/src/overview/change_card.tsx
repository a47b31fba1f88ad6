// What got worse against the period before: one sentence, then where, since when, for whom and why; each part opens its sessions.
import { Link } from "@tanstack/react-router";
import { IconArrowRight, IconPlayerPlayFilled } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { aboutTime } from "../format";
import { Card } from "../parts/card";
import { CauseGlyph } from "../parts/glyphs";
import { SessionsLink, useProject, useSearchState } from "../place";
import { kept, narrowed } from "../search";
import type { Change, FindingList, Overview } from "../types";
import { overviewWords } from "../overview_words";
import { findingPhrase } from "../words";
import { ChangeParts } from "./change_parts";
import { changeKey, searchOf } from "./change_search";

const { worse } = overviewWords;

interface ChangeCardProps {
  first: Change;
  changes: FindingList;
  overview: Overview;
  stale: boolean;
}

export function ChangeCard({ first, changes, overview, stale }: ChangeCardProps) {
  const project = useProject();
  const here = useSearchState();
  const { before, place, after } = findingPhrase(first);
  const { points, points_other, low, high } = first.change;
  const others = changes.findings.slice(1);
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
          {aboutTime(first.since)}, {before}
          <SessionsLink search={searchOf(first)} className="say-link">
            {place}
          </SessionsLink>
          {after}
          {worse.got}
          {worse.now(points, points_other)}.
        </p>
        <span className="finding-buttons">
          <Button
            variant="filled"
            leftSection={<IconPlayerPlayFilled size={13} />}
            renderRoot={(props) => <Link to="/p/$project/sessions" params={{ project }} search={narrowed(here, searchOf(first))} {...props} />}
          >
            {overviewWords.watch(first.sessions)}
          </Button>
          <WhyButton change={first} />
        </span>
      </div>
      <ChangeParts change={first} changes={changes} overview={overview} />
      {others.length > 0 && <Others others={others} />}
    </Card>
  );
}

/** To the page that explains it: an API's latency, an error's group, a screen, an element on its heatmap. */
function WhyButton({ change: { place_kind, place, place_screen, calls } }: { change: Change }) {
  const project = useProject();
  const search = kept(useSearchState());
  const label = <>{worse.reasons} <IconArrowRight size={14} aria-hidden="true" /></>;
  const api = place_kind === "api" ? place : calls?.api;
  if (place_kind === "error")
    return <Button renderRoot={(props) => <Link to="/p/$project/errors/$groupKey" params={{ project, groupKey: place }} search={search} {...props} />}>{label}</Button>;
  if (api !== undefined)
    return <Button renderRoot={(props) => <Link to="/p/$project/latency" params={{ project }} search={{ ...search, api }} {...props} />}>{label}</Button>;
  if (place_kind === "element" && place_screen)
    return <Button renderRoot={(props) => <Link to="/p/$project/heatmaps" params={{ project }} search={{ ...search, on: place_screen, element: place }} {...props} />}>{label}</Button>;
  if (place_kind === "screen")
    return <Button renderRoot={(props) => <Link to="/p/$project/screens" params={{ project }} search={{ ...search, on: place }} {...props} />}>{label}</Button>;
  return null;
}

/** Each takes the card, and the one that stands there its place in this line. */
function Others({ others }: { others: readonly Change[] }) {
  const here = useSearchState();
  return (
    <p className="also-worse">
      <span>{worse.also}</span>
      {others.map((change) => (
        <Link key={changeKey(change)} to="." search={{ ...here, finding: changeKey(change) }} className="number-link">
          <CauseGlyph cause={change.cause} size={14} /> {change.label ? `“${change.label}”` : change.place}, {worse.now(change.change.points, change.change.points_other)}
        </Link>
      ))}
    </p>
  );
}
