// Heatmaps: one screen's clicks, moves, scrolling and attention on its recorded page, and its elements beside it.
import "../styles/heatmaps.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { heat } from "../heat_words";
import { ViewedWidths } from "../heatmaps/blank";
import { CompareButton, isOfPage, MapControls, ScreenPicker } from "../heatmaps/controls";
import { ChosenCard, ElementCard } from "../heatmaps/element_card";
import { DriftNotice } from "../heatmaps/drift";
import { MapCard } from "../heatmaps/map_card";
import { MapTable } from "../heatmaps/map_table";
import { OtherButton, otherOf, OtherSegment } from "../heatmaps/other";
import { before, driftQuery, elementsQuery, mapQuery, pageQuery, screensQuery } from "../heatmaps/queries";
import { Answer } from "../parts/answer";
import { Card, Fence } from "../parts/card";
import { FirstRun, useFirstRun } from "../parts/first_run_lazy";
import { NoSessions } from "../parts/no_sessions";
import { NoneLeft } from "../parts/none_left";
import { Blocks, Nothing, SlowNote } from "../parts/states";
import { SessionsLink, usePeriod, useProject, useSearchState } from "../place";
import type { Search } from "../search";
import type { Heatmap } from "../types";
import { words } from "../words";

export function Page() {
  const slug = useProject();
  const search = useSearchState();
  const screens = useQuery(screensQuery(slug, search, usePeriod()));
  const isEmpty = screens.data?.screen_count === 0 && !screens.isPlaceholderData;
  const firstRun = useFirstRun(slug, isEmpty);
  if (firstRun.live) return <FirstRun live={firstRun.live} />;
  const on = search.on ?? screens.data?.screens[0]?.screen;
  return (
    <div className="page heatmaps">
      <title>{`${words.nav.heatmaps} · ${words.product}`}</title>
      {screens.error && !screens.data ? (
        <>
          <header className="page-head">
            <h1>{words.nav.heatmaps}</h1>
          </header>
          <Answer to={screens} title={words.nav.heatmaps}>
            {() => null}
          </Answer>
        </>
      ) : isEmpty && !firstRun.isPending ? (
        <>
          <header className="page-head">
            <h1>{words.nav.heatmaps}</h1>
          </header>
          <NoSessions title={heat.none} text={heat.noneSub} />
        </>
      ) : (
        <>
          <header className="page-head">
            <h1>{words.nav.heatmaps}</h1>
            {screens.data && on && <ScreenPicker screens={screens.data} on={on} />}
            {on && <Population on={on} />}
            {on && (
              <span className="heat-compares">
                <CompareButton />
                <OtherButton />
              </span>
            )}
          </header>
          {on && !firstRun.isPending ? <ScreenMap on={on} /> : <Loading />}
        </>
      )}
    </div>
  );
}

/** The map's questions build on one another: how wide people's windows were, then the layer at that width. */
function useHeat(on: string) {
  const slug = useProject();
  const search = useSearchState();
  const period = usePeriod();
  const layer = search.layer ?? "click";
  const mode = isOfPage(layer) || search.mode === "page" ? ("page" as const) : ("element" as const);
  const isAll = search.width === "all" && mode === "element";
  const asked = search.width === "all" ? undefined : search.width;
  const reach = useQuery(mapQuery(slug, search, period, { on, layer: "scroll", mode: "page", width: asked }));
  const isCurrent = reach.data?.screen === on && !reach.isPlaceholderData;
  const usual = reach.data?.width ?? undefined;
  const width = isAll ? undefined : (asked ?? usual);
  const map = useQuery(mapQuery(slug, search, period, isCurrent ? { on, layer, mode, width } : null));
  const elements = useQuery(elementsQuery(slug, search, period, on, width, isCurrent));
  const other = useMemo(() => otherOf(search), [search]);
  const isCompared = isCurrent && search.against !== undefined;
  const then = useQuery(elementsQuery(slug, other ?? search, other ? period : before(period), on, width, isCompared));
  const otherMap = useQuery(mapQuery(slug, other ?? search, period, isCurrent && other ? { on, layer, mode, width } : null));
  const page = useQuery(pageQuery(slug, search, period, on, isCurrent ? (asked ?? usual) : undefined));
  const drift = useQuery(driftQuery(slug, search, period, on, width, isCurrent));
  return { search, layer, mode, isAll, width, reach, map, elements, then, page, drift, other, otherMap };
}

function Population({ on }: { on: string }) {
  const { map } = useHeat(on);
  const data = map.data;
  if (!data || data.screen !== on) return null;
  return (
    <p>
      {heat.population(data.views, data.visitors)}
      <SessionsLink search={data.filter as Search}>{heat.ofSessions(data.sessions)}</SessionsLink>
    </p>
  );
}

function ScreenMap({ on }: { on: string }) {
  const { search, layer, mode, isAll, width, reach, map, elements, then, page, drift, other, otherMap } = useHeat(on);
  const error = reach.error ?? map.error ?? elements.error;
  if (error && !(map.data && elements.data)) {
    const refetch = () => Promise.all([reach.refetch(), map.refetch(), elements.refetch()]);
    return <Answer to={{ data: undefined, error, refetch }} title={on}>{() => null}</Answer>;
  }
  if (!reach.data || !map.data || !elements.data || map.data.screen !== on || elements.data.screen !== on) return <Loading />;
  // Clicks of all widths can be drawn on their elements, wherever one recorded page has these.
  const hasPage = isAll && (page.isPending || (page.data?.events ?? null) !== null);
  const chosen = elements.data.elements.find((row) => row.element === search.element && row.element !== "");
  return (
    <>
      {other && <OtherSegment other={other} />}
      <MapControls layer={layer} width={isAll ? "all" : width} mode={mode} widths={reach.data.widths} />
      <div className="heat-grid">
        <Fence>
          {map.data.views === 0 || (width === undefined && !hasPage) ? (
            <NoMap map={map.data} widths={reach.data} isAll={isAll} />
          ) : (
            <div className="heat-left">
              {drift.data && <DriftNotice drift={drift.data} page={page.data} />}
              <div className={other ? "heat-pair" : undefined}>
                <MapCard title={other ? heat.other.mine : undefined} map={map.data} reach={isAll ? [] : reach.data.rows} elements={elements.data.elements} page={page.data} pageFailed={page.error?.message ?? null} chosen={search.element} stale={map.isPlaceholderData} />
                {other && otherMap.data && then.data && (
                  <MapCard title={heat.other.theirs} map={otherMap.data} reach={[]} elements={then.data.elements} page={page.data} pageFailed={page.error?.message ?? null} chosen={search.element} stale={otherMap.isPlaceholderData || then.isPlaceholderData} />
                )}
                {other && (otherMap.error ?? then.error) && (
                  <Card title={heat.other.theirs}>
                    <Answer to={{ data: undefined, error: otherMap.error ?? then.error, refetch: () => Promise.all([otherMap.refetch(), then.refetch()]) }}>{() => null}</Answer>
                  </Card>
                )}
              </div>
              <MapTable map={map.data} />
            </div>
          )}
        </Fence>
        <div className="heat-right">
          {chosen && <ChosenCard row={chosen} />}
          <ElementCard found={elements.data} compared={search.against ? then.data : undefined} says={other ? heat.other : undefined} chosen={search.element} leastPeople={map.data.min_people} stale={elements.isPlaceholderData} />
        </div>
      </div>
    </>
  );
}

/** `widths`: the answer that tells how wide the windows were. */
function NoMap({ map, widths, isAll }: { map: Heatmap; widths: Heatmap; isAll: boolean }) {
  return (
    <Card>
      {map.views === 0 ? (
        <NoneLeft title={heat.noViews} text={heat.noViewsSub}>
          <ViewedWidths map={widths} />
        </NoneLeft>
      ) : (
        <Nothing title={heat.noPage} text={isAll ? heat.allOnPage : heat.needsWidth} />
      )}
    </Card>
  );
}

function Loading() {
  return (
    <>
      <Blocks blocks={[["min(100%, 900px)", 34]]} />
      <div className="heat-grid">
        <Card>
          <Blocks blocks={[["40%", 16], ["100%", 700]]} />
          <SlowNote />
        </Card>
        <Card title={heat.elements}>
          <Blocks blocks={Array.from({ length: 7 }, () => ["100%", 36] as const)} />
        </Card>
      </div>
    </>
  );
}
