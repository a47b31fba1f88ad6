// What only the list of sessions can be narrowed by: where a visit ended, loops, funnels, vitals, where points were lost.
import { useState } from "react";
import { latencyWords } from "../latency_words";
import { matching, PickList, type Option } from "../parts/pick_list";
import { BEFORE, RATINGS, VITALS, type Search } from "../search";
import { listKindWords, segmentWords } from "../segment_words";
import { sessionsWords } from "../sessions_words";
import { words } from "../words";
import { WayPicker, writeName } from "./pickers";
import type { Field } from "./queries";
import { Values } from "./values";

export const LIST_KINDS = ["left_at", "loop", "funnel", "before", "vital", "place"] as const;
export type ListKind = (typeof LIST_KINDS)[number];

const PLACE_KINDS = ["screen", "api", "element", "error"] as const;
type PlaceKind = (typeof PLACE_KINDS)[number];

interface PickerProps {
  of: Search;
  onDone: (filter: Search) => void;
}

export function ListPicker({ kind, of, onDone }: PickerProps & { kind: ListKind }) {
  const label = segmentWords.choose(listKindWords.kinds[kind].toLowerCase());
  switch (kind) {
    case "left_at": return <Values of={of} field="screen" label={label} onPick={(left_at) => onDone({ left_at })} />;
    case "loop": return <LoopPicker of={of} onDone={onDone} />;
    case "funnel": return <WayPicker of={of} onDone={(way) => onDone({ funnel: way })} />;
    case "before": return <Few label={label} options={BEFORE.map((id) => ({ id, text: sessionsWords.chips.before[id] }))} onPick={(id) => onDone({ before: BEFORE.find((one) => one === id) })} />;
    case "vital": return <VitalPicker onDone={onDone} label={label} />;
    case "place": return <PlacePicker of={of} onDone={onDone} label={label} />;
  }
}

function Few({ label, options, onPick }: { label: string; options: readonly Option[]; onPick: (id: string) => void }) {
  const [query, setQuery] = useState("");
  return <PickList label={label} query={query} onQuery={setQuery} options={matching(options, query)} onPick={onPick} />;
}

function LoopPicker({ of, onDone }: PickerProps) {
  const [first, setFirst] = useState<string | null>(null);
  if (first === null) return <Values key="first" of={of} field="screen" label={listKindWords.loopFirst} onPick={setFirst} />;
  return <Values key="second" of={of} field="screen" label={listKindWords.loopSecond(first)} onPick={(second) => onDone({ loop: `${writeName(first)}>${writeName(second)}` })} />;
}

function VitalPicker({ label, onDone }: { label: string; onDone: (filter: Search) => void }) {
  const options = VITALS.flatMap((vital) => [...RATINGS].reverse().map((rating) => ({ id: `${vital} ${rating}`, text: latencyWords.chip.vital(vital, words.rating[rating], "") })));
  const pick = (id: string) => {
    const [vital, rating] = id.split(" ");
    onDone({ vital: VITALS.find((one) => one === vital), vital_rating: RATINGS.find((one) => one === rating) });
  };
  return <Few label={label} options={options} onPick={pick} />;
}

function PlacePicker({ of, label, onDone }: PickerProps & { label: string }) {
  const [kind, setKind] = useState<PlaceKind | null>(null);
  if (kind === null) {
    const options = PLACE_KINDS.map((id) => ({ id, text: listKindWords.places[id] }));
    return <Few label={label} options={options} onPick={(id) => setKind(PLACE_KINDS.find((one) => one === id) ?? null)} />;
  }
  return <Values key={kind} of={of} field={kind satisfies Field} label={segmentWords.choose(listKindWords.places[kind].toLowerCase())} onPick={(place) => onDone({ place_kind: kind, place })} />;
}
