// The search as a sentence: "Sessions that [waited] and [score under 50]", its chips, a text field, and examples to try.
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { Fragment, useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Button, CloseButton } from "../controls/button";
import { TextInput } from "../controls/input";
import { usePageKeys } from "../frame/page_keys";
import { KindSign } from "../journeys/kind";
import { funnelWords, pathWords, readName } from "../journeys/way";
import { CauseGlyph } from "../parts/glyphs";
import { BAND_RANGES, BandSign } from "../parts/score_mark";
import { ErrorLink, SessionsLink, useChangeSearch, useSearchState } from "../place";
import { LIST_FILTERS, SEGMENT, type Search } from "../search";
import { BuilderButton } from "../segment/builder_button";
import { conditionsOf } from "../segment/conditions";
import { bySelector, useElementNames, type NameOf } from "../segment/element_names";
import type { Band } from "../types";
import { sessionsWords } from "../sessions_words";
import { signalName } from "../words";
import { callChips } from "./call_chips";
import { signChips } from "./sign_chips";

const BANDS: readonly Band[] = ["poor", "strained", "good"];

const EXAMPLES: readonly { text: string; search: Search }[] = [
  { text: sessionsWords.examples.poor, search: { max_score: 50, sort: "score", order: "asc" } },
  { text: sessionsWords.examples.fail, search: { cause: "fail" } },
  { text: sessionsWords.examples.noans, search: { cause: "noans" } },
  { text: sessionsWords.examples.longest, search: { sort: "duration", order: "desc" } },
];

const NO_ELEMENT: Search = { element: undefined, element_screen: undefined, element_width: undefined, element_signal: undefined };

/** Typing that rests for this long is searched for. */
const PAUSE_MS = 300;

interface Chip {
  key: string;
  /** Plain text, for the button that removes it. */
  name: string;
  body: ReactNode;
  drop: Search;
}

function scoreChip({ min_score, max_score }: Search): Chip | null {
  if (min_score === undefined && max_score === undefined) return null;
  const exact = BANDS.find((band) => BAND_RANGES[band].min_score === min_score && BAND_RANGES[band].max_score === max_score);
  const name = exact ? sessionsWords.chips[exact] : sessionsWords.chips.between(min_score ?? 0, max_score === undefined || max_score === 100 ? 100 : max_score - 1);
  return { key: "score", name, drop: { min_score: undefined, max_score: undefined }, body: <>{exact && <BandSign band={exact} />} {name}</> };
}

function funnelChip({ funnel, reached, dropped, within_s }: Search): Chip | null {
  if (funnel === undefined) return null;
  const came = (dropped ? sessionsWords.chips.dropped : sessionsWords.chips.reached)(reached ?? funnel.split(/>>?/).length);
  const within = within_s === undefined ? "" : sessionsWords.chips.within(within_s);
  const drop = { funnel: undefined, reached: undefined, dropped: undefined, within_s: undefined };
  return { key: "funnel", name: `${came} ${funnelWords(funnel)}${within}`, drop, body: <>{came} <b>{funnelWords(funnel)}</b>{within}</> };
}

/** Where the sessions went. */
function wayChips(search: Search): (Chip | null | undefined)[] {
  const { path, left_at, loop, before } = search;
  const { chips } = sessionsWords;
  const word = (key: "path" | "left_at" | "loop", shown: string): Chip => ({ key, name: `${chips[key]} ${shown}`, drop: { [key]: undefined }, body: <>{chips[key]} <b>{shown}</b></> });
  return [
    path === undefined ? null : word("path", pathWords(path)),
    left_at === undefined ? null : word("left_at", left_at),
    loop === undefined ? null : word("loop", loop.split(">").map(readName).join(" ⇄ ")),
    funnelChip(search),
    before && { key: "before", name: chips.before[before], drop: { before: undefined }, body: <><KindSign kind={before} size={15} /> {chips.before[before]}</> },
  ];
}

export function chipsOf(search: Search, nameOf: NameOf = bySelector): Chip[] {
  const { cause, signal, place, place_screen, place_type: type, q, error_group, error_screen, error_origin, element_screen: seen } = search;
  const word = (key: "place" | "signal" | "q", value: string, shown = value): Chip => ({
    key, name: `${sessionsWords.chips[key]} ${shown}`, drop: { [key]: undefined, ...(key === "place" ? { place_kind: undefined, place_screen: undefined, place_type: undefined } : {}) },
    body: <>{sessionsWords.chips[key]} <b>{shown}</b></>,
  });
  return [
    cause && { key: "cause", name: sessionsWords.chips.cause(cause), drop: { cause: undefined }, body: <><CauseGlyph cause={cause} size={15} /> {sessionsWords.chips.cause(cause)}</> },
    place && (search.place_kind === "error" ? placeErrorChip(place) : word("place", place, search.place_kind === "element" ? `${nameOf(place, place_screen)}${place_screen ? sessionsWords.chips.onScreen(place_screen) : ""}` : place)),
    type && { key: "place_type", name: sessionsWords.chips.placeType(signalName(type)), drop: { place_type: undefined }, body: sessionsWords.chips.placeType(signalName(type)) },
    signal && word("signal", signal, signalName(signal)),
    ...[...callChips(search), ...signChips(search, nameOf)].map((one): Chip => ({ ...one, body: one.name })),
    ...wayChips(search),
    seen && { key: "element", name: sessionsWords.chips.element(search, nameOf), drop: NO_ELEMENT, body: sessionsWords.chips.element(search, nameOf) },
    scoreChip(search),
    error_group && errorChip(error_group, error_screen),
    error_origin && { key: "error_origin", name: sessionsWords.chips.origin[error_origin], drop: { error_origin: undefined }, body: sessionsWords.chips.origin[error_origin] },
    q && word("q", q, `“${q}”`),
    ...conditionsOf(search, nameOf).map((one): Chip => ({ ...one, body: one.name })),
  ].filter((chip) => typeof chip === "object" && chip !== null);
}

/** The group's key says nothing to a reader: the chip leads to the group. */
function errorChip(group: string, screen: string | undefined): Chip {
  const on = screen === undefined ? "" : sessionsWords.chips.onScreen(screen);
  return {
    key: "error_group", name: sessionsWords.chips.group + on, drop: { error_group: undefined, error_screen: undefined },
    body: <><ErrorLink group={group} className="number-link">{sessionsWords.chips.group}</ErrorLink>{on}</>,
  };
}

/** Sessions that lost points to the errors of a group. */
const placeErrorChip = (group: string): Chip => ({
  ...errorChip(group, undefined), key: "place", name: sessionsWords.chips.lostTo, drop: { place: undefined, place_kind: undefined, place_screen: undefined, place_type: undefined },
  body: <>{sessionsWords.chips.lostTo} <ErrorLink group={group} className="number-link">{sessionsWords.chips.group}</ErrorLink></>,
});

export function Filters() {
  const search = useSearchState();
  const change = useChangeSearch();
  const chips = chipsOf(search, useElementNames(search));
  return (
    <div className="filters">
      <div className="chips">
        <span className="joint">{chips.length ? sessionsWords.that : sessionsWords.all}</span>
        {chips.map((chip, index) => (
          <Fragment key={chip.key}>
            {index > 0 && <span className="joint">{sessionsWords.and}</span>}
            <span className="chip">
              {chip.body}
              <CloseButton size={22} aria-label={sessionsWords.remove(chip.name)} onClick={() => change(chip.drop)} />
            </span>
          </Fragment>
        ))}
        <AddButton />
        {chips.length > 1 && (
          <Button className="segment-clear" onClick={() => change(Object.fromEntries([...LIST_FILTERS, ...SEGMENT].map((key) => [key, undefined])))}>
            {sessionsWords.clear}
          </Button>
        )}
      </div>
      <TextSearch />
      <p className="examples">
        {sessionsWords.try}
        {EXAMPLES.map(({ text, search: example }) => (
          <SessionsLink key={text} search={example}>
            {text}
          </SessionsLink>
        ))}
      </p>
    </div>
  );
}

/** The builder of the frame, here beside the sentence that it continues. */
function AddButton() {
  const [opened, setOpened] = useState(false);
  return (
    <BuilderButton opened={opened} onChange={setOpened}>
      <Button className="add-filter" leftSection={<IconPlus size={15} stroke={1.7} />} onClick={() => setOpened(!opened)}>
        {sessionsWords.add}
      </Button>
    </BuilderButton>
  );
}

/** Searches a moment after the last key, at once on Enter. What was typed meanwhile stays: only a text that comes from elsewhere
 * (the back button, a removed chip) replaces the field's. */
export function TextSearch({ label = sessionsWords.search }: { label?: string }) {
  const { q = "" } = useSearchState();
  const change = useChangeSearch();
  const [text, setText] = useState(q);
  const sent = useRef(q);
  const field = useRef<HTMLInputElement>(null);
  const search = (typed: string) => {
    const wanted = typed.trim();
    if (wanted === sent.current) return;
    // The first letter is a step for the back button, the others change that step.
    change({ q: wanted || undefined }, sent.current !== "");
    sent.current = wanted;
  };
  const searchSoon = useDebouncedCallback(search, PAUSE_MS);
  useEffect(() => {
    if (q === sent.current) return;
    sent.current = q;
    setText(q);
  }, [q]);
  usePageKeys([["/", () => field.current?.focus()]]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(text);
  };
  return (
    <form role="search" onSubmit={submit} className="text-search">
      <TextInput
        ref={field}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          searchSoon(event.currentTarget.value);
        }}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        placeholder={label}
        aria-label={label}
        type="search"
      />
    </form>
  );
}
