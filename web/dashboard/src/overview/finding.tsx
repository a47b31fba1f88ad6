// The finding: one sentence in Newsreader that says what costs most, and the button that opens exactly those sessions.
import { Link } from "@tanstack/react-router";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "../controls/button";
import { Card } from "../parts/card";
import { usePeriod, useProject, useSearchState, SessionsLink } from "../place";
import { findingsQuery } from "../queries";
import { narrowed, type Search } from "../search";
import type { Finding, FindingList, Overview } from "../types";
import { ChangeCard } from "./change_card";
import { overviewWords } from "../overview_words";
import { findingPhrase } from "../words";

/** The filters that mean exactly the sessions that the finding counts. */
export function findingSearch(finding: Finding): Search {
  return { cause: finding.cause, place_kind: finding.place_kind, place: finding.place, place_screen: finding.place_kind === "element" ? (finding.place_screen ?? "") : undefined, sort: "score", order: "asc" };
}

/** What got worse, where something did; else what costs most now, and what is known of the comparison. */
export function FindingCard({ overview, stale }: { overview: Overview; stale: boolean }) {
  const { finding, scored, score } = overview;
  const { data: changes, error } = useQuery(findingsQuery(useProject(), useSearchState(), usePeriod()));
  const [first, ...others] = changes?.findings ?? [];
  if (first) return <ChangeCard first={first} others={others} stale={stale} />;
  return (
    <Card className="finding" stale={stale}>
      <p className="eyebrow">
        <span>{overviewWords.eyebrow}</span>
        <span>{overviewWords.base(scored)}</span>
      </p>
      {finding ? (
        <Sentence finding={finding} lost={score === null ? 0 : 100 - score} />
      ) : (
        <>
          <p className="say">{scored > 0 ? overviewWords.nothing : overviewWords.notScored}</p>
          <p className="quiet">{scored > 0 ? overviewWords.nothingSub : overviewWords.notScoredSub}</p>
        </>
      )}
      <p className="quiet comparison" role="status">
        {comparison(changes, error)}
      </p>
    </Card>
  );
}

function comparison(changes: FindingList | undefined, error: Error | null): string {
  const { worse } = overviewWords;
  if (!changes) return error ? `${worse.failed} ${error.message}` : worse.comparing;
  return changes.is_enough ? worse.none : worse.few(changes.scored, changes.scored_before);
}

function Sentence({ finding, lost }: { finding: Finding; lost: number }) {
  const project = useProject();
  const here = useSearchState();
  const search = findingSearch(finding);
  const { before, place, after } = findingPhrase(finding);
  return (
    <div className="finding-row">
      <p className="say">
        {overviewWords.lead}
        {before}
        <SessionsLink search={search} className="say-link">
          {place}
        </SessionsLink>
        {after}
        {overviewWords.finding.takes(finding.points, lost)} {overviewWords.finding.and} {overviewWords.finding.touches(finding.share_of_sessions)}.
      </p>
      <Button
        variant="filled"
        leftSection={<IconPlayerPlayFilled size={13} />}
        renderRoot={(props) => <Link to="/p/$project/sessions" params={{ project }} search={narrowed(here, search)} {...props} />}
      >
        {overviewWords.watch(finding.sessions)}
      </Button>
    </div>
  );
}
