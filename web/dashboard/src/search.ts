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

export const ERROR_SORTS = ["sessions", "errors", "users", "score", "first_seen", "last_seen"] as const;
export type ErrorSort = (typeof ERROR_SORTS)[number];
export const ERROR_ORIGINS = ["own", "foreign"] as const;
export type ErrorOrigin = (typeof ERROR_ORIGINS)[number];

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
  /** Scores from `min_score` up to, and without, `max_score`; a `max_score` of 100 includes 100. */
  min_score?: number;
  max_score?: number;
  /** Empty: it is not known. */
  release?: string;
  device_type?: string;
  browser?: string;
  country?: string;
  locale?: string;
  user?: string;
  q?: string;
  error_group?: string;
  /** With `error_group`: the screen of the error; empty: not known. */
  error_screen?: string;
  /** Sessions with an error of the site's own or of a foreign script; on the page Errors what it lists. */
  error_origin?: ErrorOrigin;
  /** What the list of error groups is sorted by. */
  error_sort?: ErrorSort;
  sort?: Sort;
  order?: "asc" | "desc";
  /** Playhead, in seconds from the session's start. */
  t?: number;
  panel?: Panel;
}

/** The part that every page of a project keeps when one goes to another page. */
export function kept(search: Search): Search {
  const { period, since, until, device, bots } = search;
  return { period, since, until, device, bots };
}

/** The part that narrows the list of sessions beyond period and segment. */
export const LIST_FILTERS = ["screen", "cause", "signal", "place_kind", "place", "place_screen", "min_score", "max_score", "release", "device_type", "browser", "country", "locale", "user", "q", "error_group", "error_screen", "error_origin"] as const;

/** Parameters of which an empty text means "not known", which is not the same as not asked. */
const MAY_BE_EMPTY: readonly string[] = ["place_screen", "release", "device_type", "browser", "country", "locale", "error_screen"];

/** The direction in which error groups are looked through first: the worst, the newest. */
export function errorOrder(sort?: ErrorSort): "asc" | "desc" {
  return sort === "score" ? "asc" : "desc";
}

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
    place_screen: key(raw.place_screen),
    release: key(raw.release),
    device_type: key(raw.device_type),
    browser: key(raw.browser),
    country: key(raw.country),
    locale: key(raw.locale),
    min_score,
    max_score,
    user: text(raw.user),
    q: text(raw.q),
    error_group: text(raw.error_group),
    error_screen: text(raw.error_group) && key(raw.error_screen),
    error_origin: oneOf(ERROR_ORIGINS, raw.error_origin),
    error_sort: oneOf(ERROR_SORTS, raw.error_sort),
    sort: oneOf(SORTS, raw.sort),
    order: oneOf(["asc", "desc"] as const, raw.order),
    t: number(raw.t, 0, 1e7),
    panel: oneOf(PANELS, raw.panel),
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

export function writeQuery(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && (value !== "" || MAY_BE_EMPTY.includes(name))) params.set(name, String(value));
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

/** A text that may be empty. */
function key(value: unknown): string | undefined {
  return value === "" ? "" : text(value);
}

function date(value: unknown): string | undefined {
  return typeof value === "string" && instant(value) ? value : undefined;
}

function number(value: unknown, least: number, most: number): number | undefined {
  if (value === undefined || value === "") return undefined;
  const n = Number(value);
  return Number.isFinite(n) && n >= least && n <= most ? n : undefined;
}
