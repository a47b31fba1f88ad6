// The worst screens, APIs and elements: three cards side by side, on phones one card with a switch.
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { count, elementName, points } from "../format";
import { Breakable } from "../parts/breakable";
import { Card } from "../parts/card";
import { Change } from "../parts/change";
import { isComparable } from "../parts/comparable";
import { LostBar } from "../parts/loss_bar";
import { NoneLine } from "../parts/none_left";
import { ExplainLink, SessionsLink } from "../place";
import type { Search } from "../search";
import type { Overview, PlaceRow } from "../types";
import { overviewWords } from "../overview_words";

// Only phones show the switch, so only phones load it.
const Switch = lazy(() => import("../controls/segmented").then((m) => ({ default: m.SegmentedControl })));

type Kind = "screen" | "api" | "element";

const KINDS: readonly { kind: Kind; title: string; sub: string; rows: (o: Overview) => PlaceRow[] }[] = [
  { kind: "screen", title: overviewWords.screens, sub: overviewWords.screensSub, rows: (o) => o.screens },
  { kind: "api", title: overviewWords.apis, sub: overviewWords.apisSub, rows: (o) => o.apis },
  { kind: "element", title: overviewWords.elements, sub: overviewWords.elementsSub, rows: (o) => o.elements },
];

export function Places({ overview, stale }: { overview: Overview; stale: boolean }) {
  const [shown, setShown] = useState<Kind>("screen");
  const isPhone = useMediaQuery("(max-width: 700px)");
  return (
    <div className="grid three places">
      {isPhone && (
        <Suspense fallback={<div className="switch-place" />}>
          <Switch className="full" value={shown} onChange={(value) => setShown(value as Kind)} data={KINDS.map(({ kind, title }) => ({ value: kind, label: title }))} />
        </Suspense>
      )}
      {KINDS.map(({ kind, title, sub, rows }) => (
        <Card key={kind} title={title} sub={sub} className={kind === shown ? "shown" : "not-shown"} stale={stale}>
          <PlaceList kind={kind} rows={rows(overview)} isCompared={isComparable(overview)} />
        </Card>
      ))}
    </div>
  );
}

function placeSearch(kind: Kind, row: PlaceRow): Search {
  return { place_kind: kind, place: row.name, place_screen: kind === "element" ? (row.screen ?? "") : undefined, sort: "score", order: "asc" };
}

function placeName(kind: Kind, row: PlaceRow): string {
  if (kind !== "element") return row.name;
  return overviewWords.element(elementName(row.name, row.label), row.screen);
}

/** To the page that explains it: a screen, an API, an element on its screen's heatmap; an element of no known screen has none. */
function PlaceLink({ kind, row }: { kind: Kind; row: PlaceRow }) {
  const name = placeName(kind, row);
  if (kind === "api") return <ExplainLink to="/p/$project/latency" search={{ api: row.name }} className="place-name row-link"><Breakable name={name} /></ExplainLink>;
  if (kind === "screen") return <ExplainLink to="/p/$project/screens" search={{ on: row.name }} className="place-name row-link"><Breakable name={name} /></ExplainLink>;
  if (!row.screen) return <span className="place-name"><Breakable name={name} /></span>;
  return <ExplainLink to="/p/$project/heatmaps" search={{ on: row.screen, element: row.name }} className="place-name row-link"><Breakable name={name} /></ExplainLink>;
}

function PlaceList({ kind, rows, isCompared }: { kind: Kind; rows: PlaceRow[]; isCompared: boolean }) {
  const most = Math.max(0, ...rows.map((row) => row.points));
  if (rows.length === 0) return <NoneLine text={overviewWords.none} />;
  return (
    <ul className="place-list">
      {rows.map((row) => (
        <li key={`${row.name} ${row.screen ?? ""}`}>
          <PlaceLink kind={kind} row={row} />
          <span className="place-points">
            <b>{points(-row.points)}</b>
            {isCompared && row.points_before !== null && <Change now={row.points} before={row.points_before} meaning="more hurts" />}
          </span>
          <SessionsLink search={placeSearch(kind, row)} label={`${placeName(kind, row)}: ${overviewWords.watch(row.sessions)}`}>
            {count(row.sessions)}
          </SessionsLink>
          <LostBar lost={row.by_cause} total={row.points} most={most} />
        </li>
      ))}
    </ul>
  );
}
