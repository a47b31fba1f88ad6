// The one wrapper around ECharts: loaded when the first chart is drawn, SVG renderer, no animation, a sentence for
// screen readers, made anew when the colour scheme changes (it does not follow by itself).
import type { ECharts } from "echarts/core";
import { useEffect, useRef } from "react";
import { useScheme } from "../scheme";
import { tokens, UI_FONT, type Tokens } from "../theme";
import type { ChartOption } from "./echarts_parts";

interface EChartProps {
  /** Builds the option from the tokens of the current scheme; keep it stable with useCallback. */
  option: (t: Tokens) => ChartOption;
  height: number;
  /** What the chart shows, as one sentence. */
  sentence: string;
  /** Index of the point nearest to a click on the drawing. */
  onPoint?: (index: number) => void;
}

export function EChart({ option, height, sentence, onPoint }: EChartProps) {
  const scheme = useScheme();
  const box = useRef<HTMLDivElement>(null);
  const point = useRef(onPoint);
  point.current = onPoint;

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
      const made = chart;
      made.getZr().on("click", ({ offsetX, offsetY }) => {
        if (!made.containPixel("grid", [offsetX, offsetY])) return;
        const at = made.convertFromPixel({ seriesIndex: 0 }, [offsetX, offsetY])[0];
        if (typeof at === "number") point.current?.(Math.round(at));
      });
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer.disconnect();
      chart?.dispose();
    };
  }, [option, scheme]);

  return <div ref={box} className={onPoint ? "echart pressable" : "echart"} style={{ height }} role="img" aria-label={sentence} />;
}
