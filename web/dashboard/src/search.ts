// What the URL of a page may say: period, segment, filters, sort, and on a session the second and the panel.
// One shape for all pages, so that a copied address, the back button and links between pages agree.
import { CAUSES, type Cause } from "./theme";
import { instant, isPreset, type PeriodSearch } from "./period";

export const DEVICES = ["desktop", "tablet", "phone"] as const;
export type Device = (typeof DEVICES)[number];
export const SORTS = ["score", "started", "duration"] as const;
export type Sort = (typeof SORTS)[number];
export const PANELS = ["score", "events", "network", "console"] as const;
export type Panel = (typeof PANELS)[number];

export const WIDTHS = ["0-479", "480-767", "768-1199", "1200-"] as const;
/** Width bands in CSS pixels: layouts of one band look alike. */
export type Width = (typeof WIDTHS)[number];
export const LAYERS = ["click", "move", "scroll", "attention", "rage", "dead"] as const;
export type Layer = (typeof LAYERS)[number];

export interface Search extends PeriodSearch {
  device?: Device;
  screen?: string;
  bots?: 1;
  cause?: Cause;
  signal?: string;
  place_kind?: "screen" | "api" | "element";
  place?: string;
  /** Screen of an element; empty: nobody recorded its screen. */
  place_screen?: string;
  /** With `element_screen`: the element that was clicked there; empty: one that nobody named. On the heatmap: the chosen one. */
  element?: string;
  element_screen?: string;
  element_width?: Width;
  element_signal?: "rage" | "dead";
  /** Scores from `min_score` up to, and without, `max_score`; a `max_score` of 100 includes 100. */
  min_score?: number;
  max_score?: number;
  user?: string;
  q?: string;
  sort?: Sort;
  order?: "asc" | "desc";
  /** Playhead, in seconds from the session's start. */
  t?: number;
  panel?: Panel;
  /** Of the heatmap: its screen, what is counted, the width band (without one: the most viewed), the anchor, the comparison. */
  on?: string;
  layer?: Layer;
  width?: Width | "all";
  mode?: "page";
  against?: "before";
}

/** The part that every page of a project keeps when one goes to another page. */
export function kept(search: Search): Search {
  const { period, since, until, device, bots } = search;
  return { period, since, until, device, bots };
}

/** The part that narrows the list of sessions beyond period and segment. */
export const LIST_FILTERS = ["screen", "cause", "signal", "place_kind", "place", "place_screen", "element", "element_screen", "element_width", "element_signal", "min_score", "max_score", "user", "q"] as const;

/** Reads a URL's parameters; what is unknown or out of range is `undefined`, never an error. It stays a key of its own: the
 * router lays the result over the raw parameters, and a key that is left out would let the raw value through. */
export function parseSearch(raw: Record<string, unknown>): Search {
  const [min_score, max_score] = scores(whole(raw.min_score), whole(raw.max_score));
  return {
    period: isPreset(raw.period) ? raw.period : undefined,
    since: date(raw.since),
    until: date(raw.until),
    device: oneOf(DEVICES, raw.device),
    screen: text(raw.screen),
    bots: String(raw.bots) === "1" ? 1 : undefined,
    cause: oneOf(CAUSES, raw.cause),
    signal: text(raw.signal),
    place_kind: oneOf(["screen", "api", "element"] as const, raw.place_kind),
    place: text(raw.place),
    place_screen: raw.place_screen === "" ? "" : text(raw.place_screen),
    element: raw.element === "" ? "" : text(raw.element),
    element_screen: text(raw.element_screen),
    element_width: oneOf(WIDTHS, raw.element_width),
    element_signal: oneOf(["rage", "dead"] as const, raw.element_signal),
    min_score,
    max_score,
    user: text(raw.user),
    q: text(raw.q),
    sort: oneOf(SORTS, raw.sort),
    order: oneOf(["asc", "desc"] as const, raw.order),
    t: number(raw.t, 0, 1e7),
    panel: oneOf(PANELS, raw.panel),
    on: text(raw.on),
    layer: oneOf(LAYERS, raw.layer),
    width: oneOf([...WIDTHS, "all"] as const, raw.width),
    mode: oneOf(["page"] as const, raw.mode),
    against: oneOf(["before"] as const, raw.against),
  };
}

function whole(value: unknown): number | undefined {
  const n = number(value, 0, 100);
  return Number.isInteger(n) ? n : undefined;
}

/** A range of scores, or none when it is empty. */
function scores(least?: number, below?: number): [number | undefined, number | undefined] {
  return least !== undefined && below !== undefined && least >= below && least < 100 ? [undefined, undefined] : [least, below];
}

/** The query string as flat texts: the router's own form would write "1" with quotes. */
export function readQuery(query: string): Record<string, unknown> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** Parameters to which an empty text is a value. */
const MAY_BE_EMPTY = new Set(["place_screen", "element"]);

export function writeQuery(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && (value !== "" || MAY_BE_EMPTY.has(name))) params.set(name, String(value));
  }
  const query = params.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return query ? `?${query}` : "";
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, 500) : undefined;
}

function date(value: unknown): string | undefined {
  return typeof value === "string" && instant(value) ? value : undefined;
}

function number(value: unknown, least: number, most: number): number | undefined {
  if (value === undefined || value === "") return undefined;
  const n = Number(value);
  return Number.isFinite(n) && n >= least && n <= most ? n : undefined;
}
