// Signals of one kind to look at, each with a way to its second and two buttons for what it was.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../controls/button";
import { clock, dateTime } from "../format";
import { Card } from "../parts/card";
import { Blocks, Problem } from "../parts/states";
import { SessionLink, usePeriod, useProject, useSearchState } from "../place";
import { kept } from "../search";
import type { SignalInstance, SignalPlace } from "../types";
import { signalsWords } from "../signals_words";
import { signalName } from "../words";
import { MuteButton } from "./mute";
import { examplesQuery, sayVerdict, type ExamplePlace } from "./queries";

const { examples, verdict } = signalsWords;

export function Examples({ place, row }: { place: ExamplePlace; row: SignalPlace | undefined }) {
  const { data, error, isPlaceholderData: stale, refetch } = useQuery(examplesQuery(useProject(), useSearchState(), usePeriod(), place));
  const where = place.element === undefined ? "" : ` at ${signalsWords.place(place.element, place.screen ?? "")}`;
  return (
    <Card title={examples.title(`${signalName(place.kind)}${where}`)} sub={examples.sub} stale={stale} side={row && row.element_id !== "" && !row.is_muted && <MuteButton what={{ type: row.type, element_id: row.element_id, screen: row.screen || null }} />}>
      {!data ? (
        error ? <Problem sentence={error.message} onAgain={() => void refetch()} /> : <Blocks blocks={[["100%", 44], ["100%", 44], ["100%", 44]]} />
      ) : data.rows.length === 0 ? (
        <p className="quiet">{examples.none}</p>
      ) : (
        <ol className="example-list">
          {data.rows.map((one) => (
            <Example key={`${one.session_id} ${one.started_at}`} one={one} />
          ))}
        </ol>
      )}
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

/** Answers at once and can be taken back; never asks. */
function Verdict({ one }: { one: SignalInstance }) {
  const slug = useProject();
  const client = useQueryClient();
  const [said, setSaid] = useState(one.verdict);
  const [note, setNote] = useState<"marked" | "taken" | null>(null);
  const { mutate, error, isPending } = useMutation({
    mutationFn: (wanted: boolean | null) => sayVerdict(slug, one, wanted),
    onMutate: (wanted) => {
      const before = said;
      setSaid(wanted);
      setNote(wanted === null ? "taken" : "marked");
      return before;
    },
    onError: (_error, _wanted, before) => {
      setSaid(before ?? null);
      setNote(null);
    },
    onSettled: () => Promise.all(["signals", "signal-examples", "precision", "session"].map((key) => client.invalidateQueries({ queryKey: [key, slug] }))),
  });
  const button = (value: boolean, text: string) => (
    <Button isSmall className="verdict" aria-pressed={said === value} data-on={said === value} disabled={isPending} onClick={() => mutate(said === value ? null : value)}>
      {text}
    </Button>
  );
  return (
    <span className="verdicts" role="group" aria-label={`${verdict.label} ${one.label}`}>
      {button(true, verdict.yes)}
      {button(false, verdict.no)}
      <small aria-live="polite">
        {error ? error.message : note === "taken" ? verdict.taken : note === "marked" && said !== null ? (
          <>
            {verdict.marked(signalsWords.place(one.element_id ?? "", one.screen ?? ""))}{" "}
            <button type="button" className="time-link" onClick={() => mutate(null)}>
              {verdict.undo}
            </button>
          </>
        ) : null}
      </small>
    </span>
  );
}
