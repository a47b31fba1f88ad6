// Which screen, which layer, which width band, and by what clicks are placed; all of it in the URL.
import { IconArrowsDiff } from "@tabler/icons-react";
import { Button } from "../controls/button";
import { NativeSelect } from "../controls/input";
import { usePageKeys } from "../frame/page_keys";
import { share } from "../format";
import { heat } from "../heat_words";
import { SegmentedControl } from "../controls/segmented";
import { useChangeSearch, useSearchState } from "../place";
import { LAYERS, WIDTHS, type Layer, type Search, type Width } from "../search";
import type { Heatmap, HeatScreens } from "../types";

type WidthChoice = Width | "all";

function following<T>(all: readonly T[], one: T): T | undefined {
  return all[(all.indexOf(one) + 1) % all.length];
}

export function ScreenPicker({ screens, on }: { screens: HeatScreens; on: string }) {
  const change = useChangeSearch();
  const known = screens.screens.map(({ screen, views }) => ({ value: screen, label: heat.screenViews(screen, views) }));
  const data = known.some(({ value }) => value === on) ? known : [{ value: on, label: on }, ...known];
  return <NativeSelect className="heat-screen" aria-label={heat.screen} data={data} value={on} onChange={(event) => change({ on: event.currentTarget.value, element: undefined, width: undefined })} />;
}

export function CompareButton() {
  const { against } = useSearchState();
  const change = useChangeSearch();
  return (
    <Button className="heat-compare" leftSection={<IconArrowsDiff size={16} stroke={1.7} />} aria-pressed={against === "before"} onClick={() => change({ against: against === "before" ? undefined : "before", other: undefined })}>
      {against === "before" ? heat.compareOff : heat.compare}
    </Button>
  );
}

interface MapControlsProps {
  layer: Layer;
  width: WidthChoice | undefined;
  mode: "element" | "page";
  widths: Heatmap["widths"];
}

/** Layers that have no elements are always of the page, and of one width. */
export function isOfPage(layer: Layer): boolean {
  return layer === "move" || layer === "scroll" || layer === "attention";
}

export function MapControls({ layer, width, mode, widths }: MapControlsProps) {
  const change = useChangeSearch();
  const all = widths.reduce((sum, row) => sum + row.views, 0);
  const partOf = (band: Width) => widths.find((row) => row.width === band)?.views ?? 0;
  const bands: WidthChoice[] = [...WIDTHS, ...(isOfPage(layer) || mode === "page" ? [] : ["all" as const])];
  const choose = (next: Search) => change({ element: undefined, ...next });
  usePageKeys([
    ["L", () => choose({ layer: following(LAYERS, layer) })],
    ["W", () => width && choose({ width: following(bands, width) })],
  ]);
  return (
    <div className="heat-controls">
      <SegmentedControl aria-label={heat.layer} value={layer} onChange={(value) => choose({ layer: value as Layer })} data={LAYERS.map((one) => ({ value: one, label: heat.layers[one] }))} />
      <SegmentedControl
        aria-label={heat.widthLabel}
        value={width ?? ""}
        onChange={(value) => choose({ width: value as WidthChoice })}
        data={bands.map((band) => ({
          value: band,
          label: band === "all" ? heat.all : (
            <>
              {heat.widths[band]} <small>{all > 0 ? share(partOf(band) / all).replace(".0", "") : ""}</small>
            </>
          ),
        }))}
      />
      {!isOfPage(layer) && (
        <SegmentedControl
          aria-label={heat.anchor}
          value={mode}
          onChange={(value) => choose({ mode: value === "page" ? "page" : undefined, width: width === "all" ? undefined : width })}
          data={(["element", "page"] as const).map((one) => ({ value: one, label: heat.modes[one] }))}
        />
      )}
    </div>
  );
}
