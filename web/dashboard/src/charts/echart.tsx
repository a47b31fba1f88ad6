// The one wrapper around ECharts: loaded when the first chart is drawn, SVG renderer, no animation, a sentence for
// screen readers, made anew when the colour scheme changes (it does not follow by itself).
import type { ECharts } from "echarts/core";
import { useEffect, useRef } from "react";
import { PeriodPick, type Places, type TimeAxis } from "./period_pick";
import { useScheme } from "../scheme";
import { tokens, UI_FONT, type Tokens } from "../theme";
import type { ChartOption } from "./echarts_parts";

interface EChartProps {
  /** Builds the option from the tokens of the current scheme; keep it stable with useCallback. */
  option: (t: Tokens) => ChartOption;
  height: number;
  /** What the chart shows, as one sentence. */
  sentence: string;
  /** The time axis, one point of the drawing for each of its buckets. */
  axis: TimeAxis;
}

export function EChart({ option, height, sentence, axis }: EChartProps) {
  const scheme = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<ECharts | null>(null);
  const current = useRef(axis);
  current.current = axis;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let chart: ECharts | null = null;
    let gone = false;
    const observer = new ResizeObserver(() => chart?.resize());
    void import("./echarts_parts").then(({ init }) => {
      if (gone) return;
      chart = init(element, null, { renderer: "svg" });
      chart.setOption({ animation: false, textStyle: { fontFamily: UI_FONT, fontSize: 12 }, ...option(tokens[scheme]) });
      const made = (drawn.current = chart);
      made.getZr().on("click", ({ offsetX, offsetY }) => {
        if (!made.containPixel("grid", [offsetX, offsetY])) return;
        current.current.onOpen?.(placesOf(made, current.current.starts.length).indexAt(offsetX));
      });
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer.disconnect();
      chart?.dispose();
      drawn.current = null;
    };
  }, [option, scheme]);

  const places = () => (drawn.current ? placesOf(drawn.current, axis.starts.length) : null);
  return (
    <PeriodPick axis={axis} places={places}>
      <div ref={box} className={axis.onOpen ? "echart pressable" : "echart"} style={{ height }} role="img" aria-label={sentence} />
    </PeriodPick>
  );
}

/** A point stands at the start of its bucket and takes the pointer half the way to its neighbours. */
function placesOf(chart: ECharts, total: number): Places {
  const x = (index: number) => chart.convertToPixel({ xAxisIndex: 0 }, index);
  const [first, last] = [x(0), x(total - 1)];
  const half = total > 1 ? (last - first) / (total - 1) / 2 : 0;
  const inside = (at: number) => Math.min(last, Math.max(first, at));
  return {
    indexAt: (at) => (half > 0 ? Math.round((inside(at) - first) / (2 * half)) : 0),
    stretch: (index) => [inside(x(index) - half), inside(x(index) + half)],
    show: (index) => chart.dispatchAction(index === null ? { type: "hideTip" } : { type: "showTip", x: x(index), y: chart.getHeight() / 2 }),
  };
}
