// The map: the recorded page (or an outline), the heat over it, how far people saw at its left, the legend below.
import { useElementSize } from "@mantine/hooks";
import { useEffect, useMemo, useRef, useState } from "react";
import { dateTime, duration, share } from "../format";
import { heat } from "../heat_words";
import { FEW } from "../parts/few";
import { SessionLink } from "../place";
import type { Layer } from "../search";
import type { HeatElement, Heatmap, HeatPage, HeatRow } from "../types";
import { BlankNote, WindowLines } from "./blank";
import { gridOf, hottestOf, referenceOf, type Grid } from "./density";
import { perThousand } from "./element_card";
import { HottestButton, HottestRing } from "./hottest";
import { blankHeight, foldOf } from "./folds";
import { HeatCanvas, useStops } from "./heat_canvas";
import { isOftenDead, Marks } from "./marks";
import { showRecorded, type Shown } from "./recorded";
import { lowestPx, mostMs, placed, reachAt, strengths } from "./spots";

const OUTLINE = { widths: { "0-479": 390, "480-767": 620, "768-1199": 1000, "1200-": 1440 }, heightPx: 900 };
const LABEL_EVERY_PX = 170;
const MARGIN_PX = 50;
/** Half of the fold's label: nearer to the page's end it stands above its line. */
const FOLD_LABEL_PX = 14;
/** A phone's page is not blown up. */
const MOST_SCALE = 1;

interface MapCardProps {
  /** Of two maps beside one another: whose it is. */
  title?: string;
  map: Heatmap;
  /** How far people saw, at this width. */
  reach: readonly HeatRow[];
  elements: readonly HeatElement[];
  page: HeatPage | undefined;
  pageFailed: string | null;
  chosen: string | undefined;
  stale: boolean;
}

export function MapCard({ title, map, reach, elements, page, pageFailed, chosen, stale }: MapCardProps) {
  const { ref, width } = useElementSize();
  const ring = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const isByRow = map.layer === "scroll" || map.layer === "attention";
  const isRecorded = page?.events !== null && page?.events !== undefined;
  useEffect(() => setShown(null), [page]);
  // Before it is known whether there is a recording, the page is as high as it will be with one.
  const isBlank = page !== undefined && !isRecorded;
  const fold = foldOf(map.fold_px, map.width);
  const whole = useMemo(() => outlineOf(map, reach), [map, reach]);
  const { spots, missing } = useMemo(() => placed(map, shown ?? whole, elements), [map, shown, whole, elements]);
  const outline = useMemo(() => (isBlank && !isByRow ? { ...whole, heightPx: blankHeight(whole.heightPx, lowestPx(spots, elements), fold.foldPx) } : whole), [isBlank, isByRow, whole, spots, elements, fold.foldPx]);
  const size = shown ?? outline;
  const scale = Math.min(MOST_SCALE, Math.max(0, width - MARGIN_PX) / size.widthPx);
  const grid = useMemo(() => (isByRow ? null : gridOf(spots, size.widthPx, size.heightPx)), [isByRow, spots, size]);
  const reference = useMemo(() => (grid ? referenceOf(grid) : 0), [grid]);
  const hottest = useMemo(() => (grid ? hottestOf(grid) : null), [grid]);
  const rows = useMemo(() => (isByRow ? strengths(map.layer, map.rows) : []), [isByRow, map]);
  const stops = useStops(map.layer);
  return (
    <section className={`card heat-card ${stale ? "stale" : ""}`} aria-busy={stale} aria-label={title ? `${heat.layers[map.layer]}, ${title}` : heat.layers[map.layer]}>
      {title && (
        <header className="card-head">
          <h2>{title}</h2>
          <p>{`${heat.population(map.views, map.visitors)}${heat.ofSessions(map.sessions)}`}</p>
        </header>
      )}
      {isBlank && !pageFailed ? <BlankNote map={map} cutPx={outline.heightPx < whole.heightPx ? whole.heightPx : null} /> : <PageNote page={page} failed={pageFailed} />}
      <p className="heat-jump">
        <HottestButton spot={hottest} scale={scale} ring={ring} />
      </p>
      <div ref={ref}>
        <div className="heat-stage" style={{ paddingLeft: MARGIN_PX, width: `min(100%, ${MARGIN_PX + size.widthPx}px)` }} role="img" aria-label={heat.map(heat.layers[map.layer], map.screen, map.views)}>
          <ReachLabels rows={reach} heightPx={size.heightPx} scale={scale} />
          {/* As high as it will be before its width is known: nothing below may move. */}
          <div className={isBlank ? "heat-page blank" : "heat-page"} style={{ aspectRatio: `${size.widthPx} / ${size.heightPx}`, "--window": `${fold.foldPx * scale}px` } as React.CSSProperties}>
            {isRecorded && page && <Recorded page={page} scale={scale} onShown={setShown} />}
            {isBlank && <WindowLines {...fold} heightPx={size.heightPx} scale={scale} />}
            <HeatCanvas stops={stops} grid={grid} reference={reference} rows={rows} heightPx={size.heightPx} />
            <HottestRing spot={hottest} scale={scale} ring={ring} />
            <Marks elements={elements} shown={shown} outline={shown || isRecorded ? null : outline} chosen={chosen} scale={scale} leastPeople={map.min_people} />
            {map.width !== null && map.fold_px !== null && map.fold_px < size.heightPx && (
              <div className={(size.heightPx - map.fold_px) * scale < FOLD_LABEL_PX ? "heat-fold low" : "heat-fold"} style={{ top: map.fold_px * scale }}>
                <span>{heat.fold}</span>
              </div>
            )}
          </div>
        </div>
      </div>
      <footer className="heat-foot">
        <p>
          {reach.length > 0 && heat.reachNote} {elements.some((row) => isOftenDead(row, map.min_people)) && heat.outlined}
        </p>
        <Legend layer={map.layer} isFew={map.views < FEW} stops={stops} ends={endsOf(map, grid, reference)} />
      </footer>
      <Notes map={map} missing={isRecorded && shown ? missing : 0} />
    </section>
  );
}

/** A plain page of the band's usual size, for what was not recorded. */
function outlineOf(map: Heatmap, reach: readonly HeatRow[]): { widthPx: number; heightPx: number } {
  const lowest = Math.max(map.page_px ?? 0, reach.length * 16, ...(map.mode === "page" ? map.cells.map((cell) => (cell.y + 2) * 16) : []));
  return { widthPx: OUTLINE.widths[map.width ?? "1200-"], heightPx: Math.min(lowest || OUTLINE.heightPx, 20_000) };
}

/** What the ends of the legend stand for. */
function endsOf(map: Heatmap, grid: Grid | null, reference: number): [string, string] {
  if (map.layer === "scroll") return [heat.noShare, share(1)];
  if (map.layer === "attention") return [duration(0), duration(mostMs(map.rows))];
  if (!grid || map.views === 0) return ["0", "0"];
  return ["0", perThousand(map.views < FEW ? reference : (1000 * reference) / map.views)];
}

function Recorded({ page, scale, onShown }: { page: HeatPage; scale: number; onShown: (shown: Shown) => void }) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const holder = root.current;
    if (!holder) return;
    let isGone = false;
    let close: (() => void) | null = null;
    // A container of its own each time: an effect that runs twice must not show two pages in one.
    const own = holder.appendChild(document.createElement("div"));
    void showRecorded(own, page, heat.layers.click, (shown) => !isGone && onShown(shown)).then((found) => (isGone ? found() : (close = found)));
    return () => {
      isGone = true;
      close?.();
      own.remove();
    };
  }, [page, onShown]);
  return <div ref={root} className="heat-recorded" style={{ transform: `scale(${scale})` }} aria-hidden="true" />;
}

function PageNote({ page, failed }: { page: HeatPage | undefined; failed: string | null }) {
  if (failed) return <p className="heat-note">{`${heat.pageFailed} ${failed}`}</p>;
  if (!page) return <p className="heat-note">{heat.loadingPage}</p>;
  return (
    <p className="heat-note">
      {page.taken_at && heat.recorded(dateTime(page.taken_at))}
      {page.session_id && (
        <SessionLink sessionId={page.session_id} className="number-link">
          {heat.seeRecording}
        </SessionLink>
      )}
    </p>
  );
}

function ReachLabels({ rows, heightPx, scale }: { rows: readonly HeatRow[]; heightPx: number; scale: number }) {
  const steps = Math.max(1, Math.floor((heightPx * scale) / LABEL_EVERY_PX));
  return (
    <div className="heat-reach" aria-hidden="true">
      {Array.from({ length: steps + 1 }, (_, step) => Math.min((step * heightPx) / steps, heightPx - 1)).map((yPx) => {
        const reached = reachAt(rows, yPx);
        return reached === null ? null : (
          <span key={yPx} style={{ top: yPx * scale }}>
            {share(reached).replace(".0", "")}
          </span>
        );
      })}
    </div>
  );
}

function Legend({ layer, isFew, stops, ends }: { layer: Layer; isFew: boolean; stops: readonly string[]; ends: [string, string] }) {
  const isSpots = layer !== "scroll" && layer !== "attention";
  const said = isSpots ? `${heat.legend[layer]}${isFew ? "" : ` ${heat.perThousand}`}, ${heat.legendSub}` : heat.legend[layer];
  return (
    <p className="heat-legend">
      <span>{said}</span> {ends[0]}
      <i style={{ background: `linear-gradient(to right, ${stops.join(", ")})` }} aria-hidden="true" />
      {ends[1]}
    </p>
  );
}

function Notes({ map, missing }: { map: Heatmap; missing: number }) {
  const isByRow = map.layer === "scroll" || map.layer === "attention";
  const said = [
    !isByRow && map.cell_count === 0 && heat.noCells(map.min_people),
    map.hidden_cells > 0 && heat.hidden(map.hidden_cells, map.min_people),
    map.cell_count > map.cells.length && heat.cut(map.cells.length, map.cell_count),
    missing > 0 && heat.notFound(missing),
  ].filter((text) => typeof text === "string");
  return said.length > 0 ? <p className="quiet">{said.join(" ")}</p> : null;
}
