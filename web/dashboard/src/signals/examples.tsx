// Signals of one kind to look at, each with a way to its second and two buttons for what it was.
import { useQuery } from "@tanstack/react-query";
import { clock, dateTime, elementName } from "../format";
import { Answer } from "../parts/answer";
import { Card } from "../parts/card";
import { NoneLine } from "../parts/none_left";
import { SessionLink, usePeriod, useProject, useSearchState } from "../place";
import { kept } from "../search";
import type { SignalInstance, SignalPlace } from "../types";
import { signalsWords } from "../signals_words";
import { Verdict } from "../verdicts/verdict";
import { signalName } from "../words";
import { MuteButton } from "./mute";
import { examplesQuery, type ExamplePlace } from "./queries";

const { examples } = signalsWords;

export function Examples({ place, row }: { place: ExamplePlace; row: SignalPlace | undefined }) {
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(examplesQuery(useProject(), useSearchState(), usePeriod(), place));
  const where = place.element === undefined ? "" : examples.where(elementName(place.element, row?.label), place.screen ?? "");
  return (
    <Card title={examples.title(`${signalName(place.kind)}${where}`)} sub={examples.sub} stale={stale} side={row && row.element_id !== "" && !row.is_muted && <MuteButton what={{ type: row.type, element_id: row.element_id, screen: row.screen || null }} />}>
      <Answer to={{ data, error, refetch }} blocks={[["100%", 44], ["100%", 44], ["100%", 44]]}>
        {({ rows }) =>
          rows.length === 0 ? (
            <NoneLine text={examples.none} />
          ) : (
            <ol className="example-list">
              {rows.map((one) => (
                <Example key={`${one.session_id} ${one.started_at}`} one={one} />
              ))}
            </ol>
          )
        }
      </Answer>
    </Card>
  );
}

function Example({ one }: { one: SignalInstance }) {
  const search = useSearchState();
  return (
    <li>
      <span className="example-what">
        <SessionLink sessionId={one.session_id} search={{ ...kept(search), t: one.at_ms / 1000 }} className="row-link" label={`${one.label}, ${dateTime(one.session_started_at)}: ${examples.open}`}>
          {one.label}
        </SessionLink>
        <small>
          {[one.detail, `${dateTime(one.session_started_at)}, ${examples.at(clock(one.at_ms))}`].filter(Boolean).join(" · ")}
        </small>
      </span>
      <Verdict one={one} />
    </li>
  );
}
