// The builder of a segment: what should hold, then which value. A chunk of its own, loaded when it is first opened.
import "../styles/builder.css";
import { IconChevronLeft } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { UnstyledButton } from "../controls/button";
import { CauseGlyph } from "../parts/glyphs";
import { DeviceIcon } from "../parts/device_icon";
import { momentsWords } from "../moments_words";
import { matching, PickList, type Option } from "../parts/pick_list";
import { useChangeSearch, useIsOnList, useProject, useSearchState } from "../place";
import { DEVICES, EMOTIONS, narrowed, type Search } from "../search";
import { listKindWords, segmentWords } from "../segment_words";
import { CAUSES } from "../theme";
import { words } from "../words";
import { withCondition } from "./conditions";
import type { Field } from "./queries";
import { LIST_KINDS, ListPicker, type ListKind } from "./list_pickers";
import { CallPicker, ScorePicker, SignalPicker, WayPicker } from "./pickers";
import { Values } from "./values";

type Kind = keyof typeof segmentWords.kinds | ListKind;
const { groups } = segmentWords;
const kinds: Record<Kind, string> = { ...segmentWords.kinds, ...listKindWords.kinds };
const ORDER: readonly (readonly [string, readonly Kind[]])[] = [
  [groups.did, ["screen", "path", "element", "event"]],
  [groups.wrong, ["call", "error", "signal", "moment", "cause", "score"]],
  [groups.who, ["device", "release", "browser", "country", "locale", "user", "device_type", "bots"]],
];
const KINDS: readonly Option[] = ORDER.flatMap(([group, list]) => list.map((kind) => ({ id: kind, text: kinds[kind], group })));
const ALL_KINDS: readonly Option[] = [...KINDS, ...LIST_KINDS.map((kind) => ({ id: kind, text: kinds[kind], group: listKindWords.group }))];
/** Of a session there is one of each; the others are conditions, of which several can hold. */
const SINGLE: readonly Kind[] = ["release", "browser", "country", "locale", "user", "device_type"];

interface BuilderProps {
  onDone: () => void;
  /** The segment that is built on, and what takes the change: without them the page's own. */
  of?: Search;
  onTake?: (part: Search) => void;
}

export default function Builder({ onDone, of, onTake }: BuilderProps) {
  const [kind, setKind] = useState<Kind | null>(null);
  const [query, setQuery] = useState("");
  const own = useSearchState();
  const project = useProject();
  const navigate = useNavigate();
  const search = of ?? own;
  const change = useChangeSearch();
  const take = (part: Search) => {
    (onTake ?? change)(part);
    onDone();
  };
  const isOnList = useIsOnList();
  const list = (filter: Search) => {
    if (isOnList) change(filter);
    else void navigate({ to: "/p/$project/sessions", params: { project }, search: narrowed(own, filter) });
    onDone();
  };
  const choose = (id: string) => (id === "bots" ? take({ bots: 1 }) : setKind(id as Kind));
  if (kind === null) {
    const options = matching(onTake ? KINDS : ALL_KINDS, query);
    return <PickList label={segmentWords.find} query={query} onQuery={setQuery} options={options} onPick={choose} note={options.length ? undefined : segmentWords.noKind} />;
  }
  return (
    <div className="builder">
      <header className="builder-head">
        <UnstyledButton className="builder-back" onClick={() => setKind(null)} aria-label={segmentWords.back}>
          <IconChevronLeft size={16} stroke={1.7} aria-hidden="true" />
        </UnstyledButton>
        <h2>{kinds[kind]}</h2>
      </header>
      {isListKind(kind) ? <ListPicker kind={kind} of={search} onDone={list} /> : <Picker kind={kind} search={search} take={take} />}
    </div>
  );
}

function isListKind(kind: Kind): kind is ListKind {
  return LIST_KINDS.some((one) => one === kind);
}

/** What a value of the chosen kind is picked from. */
function Picker({ kind, search, take }: { kind: Exclude<Kind, ListKind>; search: Search; take: (part: Search) => void }): ReactNode {
  const also = (condition: string) => take(withCondition(search, condition));
  const label = segmentWords.choose(kinds[kind].toLowerCase());
  if (SINGLE.includes(kind)) return <Values of={search} field={kind as Field} label={label} onPick={(value) => take({ [kind]: value })} />;
  switch (kind) {
    case "screen": return <Values of={search} field="screen" label={label} onPick={(value) => (search.screen === undefined ? take({ screen: value }) : also(`screen:${value}`))} />;
    case "path": return <WayPicker of={search} onDone={(path) => also(`path:${path}`)} />;
    case "call": return <CallPicker of={search} onDone={(call) => also(`call:${call}`)} />;
    case "signal": return <SignalPicker of={search} label={label} onDone={(signal) => also(`signal:${signal}`)} />;
    case "score": return <ScorePicker onDone={(range) => also(`score:${range}`)} />;
    case "device": return <Fixed label={label} options={DEVICES.map((one) => ({ id: one, text: words.device[one] ?? one, icon: <DeviceIcon type={one} /> }))} onPick={(id) => take({ device: DEVICES.find((one) => one === id) })} />;
    case "moment": return <Fixed label={label} options={EMOTIONS.map((one) => ({ id: one, text: momentsWords.kind[one] ?? one }))} onPick={(id) => also(`moment:${id}`)} />;
    case "cause": return <Fixed label={label} options={CAUSES.map((one) => ({ id: one, text: words.cause[one].label, detail: words.cause[one].sub, icon: <CauseGlyph cause={one} /> }))} onPick={(id) => also(`cause:${id}`)} />;
    default: return <Values of={search} field={kind as Field} label={label} onPick={(value) => also(`${kind}:${value}`)} />;
  }
}

function Fixed({ label, options, onPick }: { label: string; options: readonly Option[]; onPick: (id: string) => void }) {
  const [query, setQuery] = useState("");
  return <PickList label={label} query={query} onQuery={setQuery} options={matching(options, query)} onPick={onPick} />;
}

