// What stands under the heat where no page was recorded: a plain page divided into windows, and the way to what was recorded.
import { IconPhotoOff } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { count } from "../format";
import { heat } from "../heat_words";
import { ExplainLink, usePeriod, useProject, useSearchState } from "../place";
import type { Width } from "../search";
import type { Heatmap } from "../types";
import { lineTops } from "./folds";
import { pageQuery } from "./queries";

/** Lines where windows end, from the second on: the first is the fold, which the map draws with its words. */
export function WindowLines({ foldPx, isUsual, heightPx, scale }: { foldPx: number; isUsual: boolean; heightPx: number; scale: number }) {
  return lineTops(foldPx, heightPx).map((top, index) =>
    index === 0 && !isUsual ? null : (
      <div key={top} className="heat-window" style={{ top: top * scale }} aria-hidden="true">
        <span>{index === 0 ? heat.blank.usualFold : heat.blank.windows(index + 1)}</span>
      </div>
    ),
  );
}

/** `cutPx`: how far the page went on where it is not drawn to its end. */
export function BlankNote({ map, cutPx }: { map: Heatmap; cutPx: number | null }) {
  return (
    <p className="heat-note blank">
      <IconPhotoOff size={16} stroke={1.7} aria-hidden="true" />
      <span>
        {heat.blank.none(map.width)} {cutPx !== null && heat.blank.cut(count(Math.round(cutPx)))} <OtherWidths map={map} />
      </span>
    </p>
  );
}

interface Seen {
  width: Width;
  views: number;
}

function isSeen<Row extends { width: Width | null; views: number }>(row: Row): row is Row & Seen {
  return row.width !== null && row.views > 0;
}

/** Where the screen was recorded, with links; asked for only where the width that is shown has no recording. */
function OtherWidths({ map }: { map: Heatmap }) {
  const slug = useProject();
  const search = useSearchState();
  const period = usePeriod();
  const viewed = map.widths.filter(isSeen).filter(({ width }) => width !== map.width);
  const pages = useQueries({ queries: viewed.map(({ width }) => pageQuery(slug, search, period, map.screen, width)) });
  const recorded = viewed.filter((_, index) => (pages[index]?.data?.events ?? null) !== null);
  const isLooking = pages.some((page) => page.isPending);
  if (recorded.length > 0) return <WidthLinks on={map.screen} title={heat.blank.elsewhere} widths={recorded} />;
  return isLooking ? heat.blank.looking : pages.some((page) => page.error) ? heat.blank.unknown : heat.blank.nowhere;
}

/** Where the screen was viewed, with links. */
export function ViewedWidths({ map }: { map: Heatmap }) {
  const viewed = map.widths.filter(isSeen);
  return viewed.length === 0 ? null : (
    <p className="quiet">
      <WidthLinks on={map.screen} title={heat.blank.viewed} widths={viewed} />
    </p>
  );
}

function WidthLinks({ on, title, widths }: { on: string; title: string; widths: readonly Seen[] }) {
  const { layer, mode, against, other } = useSearchState();
  return (
    <>
      {title}{" "}
      {widths.map(({ width, views }, index) => (
        <span key={width}>
          {index > 0 && ", "}
          <ExplainLink to="/p/$project/heatmaps" search={{ on, layer, mode, against, other, width }}>
            {heat.blank.width(width, views)}
          </ExplainLink>
        </span>
      ))}
      .
    </>
  );
}
