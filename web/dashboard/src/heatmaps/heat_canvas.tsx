// The heat itself: one canvas over the page, a pixel per grid point or per row, stretched by the browser.
import { useEffect, useRef } from "react";
import { useScheme } from "../scheme";
import type { Layer } from "../search";
import { tokens, type Scheme } from "../theme";
import { pixelsOf, rampOf, type Grid } from "./density";

/** Pale to strong, theme.json's tide; in the dark from deep to light. */
const TIDE: Record<Scheme, readonly string[]> = {
  light: ["#E6F3F0", "#AEDCD4", "#63B9B8", "#2F889F", "#2A5791", "#2A2A6A"],
  dark: ["#12302F", "#1F5A5B", "#2E8A8E", "#57B6B2", "#A6DDC6", "#F2F7C9"],
};
/** The page must stay readable under full strength. */
const BAND_OPACITY = 0.5;

/** How much is tide; what hurts (rage, no answer) goes from the card's colour to plum. */
export function stopsOf(layer: Layer, scheme: Scheme): readonly string[] {
  return layer === "rage" || layer === "dead" ? [tokens[scheme].surface, tokens[scheme].noans] : TIDE[scheme];
}

export function useStops(layer: Layer): readonly string[] {
  return stopsOf(layer, useScheme());
}

interface HeatCanvasProps {
  stops: readonly string[];
  /** Spots, with what has the full colour; or the strengths of the rows from the top, each 16 px of `heightPx`. */
  grid: Grid | null;
  reference: number;
  rows: readonly number[];
  heightPx: number;
}

export function HeatCanvas({ stops, grid, reference, rows, heightPx }: HeatCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context) return;
    const ramp = rampOf(stops);
    if (grid) {
      canvas.current.width = grid.columns;
      canvas.current.height = grid.rows;
      context.putImageData(new ImageData(pixelsOf(grid, reference, ramp), grid.columns, grid.rows), 0, 0);
      return;
    }
    canvas.current.width = 1;
    canvas.current.height = Math.max(1, Math.ceil(heightPx / 16));
    rows.forEach((strength, row) => {
      const [red, green, blue] = ramp[Math.round(Math.min(1, strength) * 255)] ?? [0, 0, 0];
      context.fillStyle = `rgb(${red} ${green} ${blue} / ${BAND_OPACITY})`;
      context.fillRect(0, row, 1, 1);
    });
  }, [stops, grid, reference, rows, heightPx]);
  return <canvas ref={canvas} className="heat-canvas" aria-hidden="true" />;
}
