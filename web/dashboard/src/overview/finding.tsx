// The finding: one sentence in Newsreader that says what costs most, and the button that opens exactly those sessions.
import { Link } from "@tanstack/react-router";
import { IconPlayerPlayFilled } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { Card } from "../parts/card";
import { useNarrowing } from "../parts/none_left";
import { Blocks } from "../parts/states";
import { Stop } from "../parts/stop";
import { useProject, useSearchState, SessionsLink } from "../place";
import { narrowed, type Search } from "../search";
import type { Finding, Overview } from "../types";
import { ChangeCard } from "./change_card";
import type { Changes } from "./changes";
import { overviewWords } from "../overview_words";
import { findingPhrase, findingText, words } from "../words";
import { isComparable } from "../parts/comparable";

/** The filters that mean exactly the sessions that the finding counts. */
export function findingSearch(finding: Finding): Search {
  return { cause: finding.cause, place_kind: finding.place_kind, place: finding.place, place_screen: finding.place_kind === "element" ? (finding.place_screen ?? "") : undefined, sort: "score", order: "asc" };
}

/** Beside the line that says that the comparison takes long, which itself comes after a second. */
const STOP_MS = 1000;

interface FindingCardProps {
  overview: Overview;
  changes: Changes;
  stale: boolean;
}

/** What got worse, where something did; else what costs most now, and what is known of the comparison. */
export function FindingCard({ overview, changes, stale }: FindingCardProps) {
  const { finding, scored, score } = overview;
  const { shown, isAwaited, isLate } = changes;
  const { isNarrowed, clear } = useNarrowing();
  const [first] = shown?.findings ?? [];
  if (shown && first) return <ChangeCard first={first} changes={shown} overview={overview} stale={stale} />;
  // A first sentence that another one replaces a moment later is read in vain: most comparisons come within this time.
  if (isAwaited && isComparable(overview)) return <Waiting stale={stale} />;
  const isCalm = shown?.is_enough === true && !isLate;
  return (
    <Card className="finding" stale={stale}>
      <p className="eyebrow">
        <span>{isCalm ? overviewWords.worse.calm : overviewWords.eyebrow}</span>
        <span>{overviewWords.base(scored)}</span>
      </p>
      {finding ? (
        <Sentence finding={finding} lost={score === null ? 0 : 100 - score} lead={isCalm ? `${overviewWords.worse.none} ${overviewWords.lead}` : overviewWords.lead} />
      ) : (
        <>
          <p className="say">{scored > 0 ? (isNarrowed ? overviewWords.nothingLeft : overviewWords.nothing) : isNarrowed ? overviewWords.notScoredLeft : overviewWords.notScored}</p>
          <p className="quiet">{scored > 0 ? overviewWords.nothingSub : overviewWords.notScoredSub}</p>
          {isNarrowed && <Button onClick={clear}>{words.states.clearFilters}</Button>}
        </>
      )}
      <p className="quiet comparison" role="status">
        {isCalm ? "" : <Comparison changes={changes} />}
      </p>
    </Card>
  );
}

function Waiting({ stale }: { stale: boolean }) {
  return (
    <Card className="finding" stale={stale}>
      <Blocks blocks={[["30%", 16], ["70%", 30], ["45%", 30]]} />
      <p className="quiet comparison" role="status">
        {overviewWords.worse.comparing}
      </p>
    </Card>
  );
}

/** What is known of the comparison, in a line; what came late is shown on demand. */
function Comparison({ changes: { shown, held, show, error, isStopped, stop, compare } }: { changes: Changes }) {
  const { worse } = overviewWords;
  if (held) {
    return (
      <>
        <b>{worse.late(held.findings[0] ? findingText(held.findings[0]) : "", held.findings.length)}</b>
        <Button isSmall onClick={show}>
          {worse.show}
        </Button>
      </>
    );
  }
  if (!shown && error) return `${worse.failed} ${error.message}`;
  if (!shown) {
    return (
      <>
        {isStopped ? worse.stopped : worse.comparing} <Stop afterMs={STOP_MS} isStopped={isStopped} onStop={stop} again={worse.again} onAgain={compare} />
      </>
    );
  }
  return shown.is_enough ? worse.none : worse.few(shown.scored, shown.scored_before);
}

function Sentence({ finding, lost, lead }: { finding: Finding; lost: number; lead: string }) {
  const project = useProject();
  const here = useSearchState();
  const search = findingSearch(finding);
  const { before, place, after } = findingPhrase(finding);
  return (
    <div className="finding-row">
      <p className="say">
        {lead}
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
