// From counted spots to a picture: spots are put on a grid, smoothed, and coloured. Pure.
// Smoothing is a Gaussian of 12 px, about a fingertip: a grid point then holds what was counted around it.

export const SIGMA_PX = 12;
const REACH = 3;
const REFERENCE_SHARE = 0.99;
/** The finest grid, and how many points one may have: longer pages get a coarser one. */
const FINEST_PX = 4;
const MOST_POINTS = 1_000_000;

/** A place in pixels of the page, and what was counted there. */
export interface Spot {
  x: number;
  y: number;
  amount: number;
}

export interface Grid {
  columns: number;
  rows: number;
  /** Pixels of the page per point. */
  stepPx: number;
  values: Float32Array;
}

export function gridOf(spots: readonly Spot[], widthPx: number, heightPx: number): Grid {
  const stepPx = Math.max(FINEST_PX, Math.sqrt((widthPx * heightPx) / MOST_POINTS));
  const columns = Math.max(1, Math.ceil(widthPx / stepPx));
  const rows = Math.max(1, Math.ceil(heightPx / stepPx));
  const values = new Float32Array(columns * rows);
  for (const { x, y, amount } of spots) {
    const column = Math.floor(x / stepPx);
    const row = Math.floor(y / stepPx);
    if (column >= 0 && column < columns && row >= 0 && row < rows) values[row * columns + column] = (values[row * columns + column] ?? 0) + amount;
  }
  return smoothed({ columns, rows, stepPx, values }, SIGMA_PX / stepPx);
}

/** Both directions after one another; at the edges what falls outside is given back, so that a spot there is not paler. */
function smoothed({ columns, rows, stepPx, values }: Grid, sigma: number): Grid {
  const reach = Math.ceil(REACH * sigma);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)));
  const across = blur(values, rows, columns, columns, 1, kernel);
  return { columns, rows, stepPx, values: blur(across, columns, rows, 1, columns, kernel) };
}

function blur(from: Float32Array, lines: number, length: number, lineStep: number, step: number, kernel: readonly number[]): Float32Array {
  const to = new Float32Array(from.length);
  const reach = (kernel.length - 1) / 2;
  const whole = kernel.reduce((sum, weight) => sum + weight, 0);
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      const value = from[line * lineStep + at * step] ?? 0;
      if (value === 0) continue;
      const first = Math.max(0, at - reach);
      const last = Math.min(length - 1, at + reach);
      let inside = 0;
      for (let near = first; near <= last; near++) inside += kernel[near - at + reach] ?? 0;
      for (let near = first; near <= last; near++) {
        const index = line * lineStep + near * step;
        to[index] = (to[index] ?? 0) + (value * (kernel[near - at + reach] ?? 0) * whole) / inside;
      }
    }
  }
  return to;
}

/** What has the full colour: the 99th percentile of the points that hold anything; 0 when none does. */
export function referenceOf({ values }: Grid): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  const held = values.filter((value) => value > most / 1000).sort();
  return held[Math.floor(REFERENCE_SHARE * (held.length - 1))] ?? 0;
}

/** The point that holds most, in pixels of the page; null where nothing was counted. */
export function hottestOf({ columns, stepPx, values }: Grid): { x: number; y: number } | null {
  let best = 0;
  values.forEach((value, at) => {
    if (value > (values[best] ?? 0)) best = at;
  });
  if (!values[best]) return null;
  return { x: ((best % columns) + 0.5) * stepPx, y: (Math.floor(best / columns) + 0.5) * stepPx };
}

/** 0 to 1, by logarithm: ln(1 + n) / ln(1 + reference). */
export function heatOf(value: number, reference: number): number {
  return reference > 0 ? Math.min(1, Math.log1p(value) / Math.log1p(reference)) : 0;
}

type Colour = readonly [red: number, green: number, blue: number];

function parsed(hex: string): Colour {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

/** 256 colours along the ramp; `heat` 0 to 1 picks one. */
export function rampOf(stops: readonly string[]): readonly Colour[] {
  const colours = stops.map(parsed);
  return Array.from({ length: 256 }, (_, index): Colour => {
    const at = (index / 255) * (colours.length - 1);
    const low = colours[Math.floor(at)] ?? [0, 0, 0];
    const high = colours[Math.ceil(at)] ?? low;
    const part = at - Math.floor(at);
    return [0, 1, 2].map((channel) => Math.round((low[channel] ?? 0) * (1 - part) + (high[channel] ?? 0) * part)) as unknown as Colour;
  });
}

/** One pixel per grid point; opacity follows the heat, so that nothing covers the page where nothing was counted. */
export function pixelsOf({ columns, rows, values }: Grid, reference: number, ramp: readonly Colour[]): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(columns * rows * 4);
  for (let index = 0; index < values.length; index++) {
    const heat = heatOf(values[index] ?? 0, reference);
    if (heat <= 0.01) continue;
    const [red, green, blue] = ramp[Math.round(heat * 255)] ?? [0, 0, 0];
    pixels.set([red, green, blue, Math.round(Math.min(1, heat * 1.6) * 235)], index * 4);
  }
  return pixels;
}
