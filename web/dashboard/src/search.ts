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
export const BEFORE = ["rage", "error", "slow", "other", "nothing"] as const;
export type Before = (typeof BEFORE)[number];
export const VIEWS = ["flow", "funnel", "loops"] as const;
export type View = (typeof VIEWS)[number];

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
  user?: string;
  q?: string;
  /** Where sessions went, as the API writes it (docs/api.md). */
  path?: string;
  left_at?: string;
  loop?: string;
  funnel?: string;
  /** Seconds from a funnel's first step to its last. */
  within_s?: number;
  reached?: number;
  dropped?: 1;
  before?: Before;
  sort?: Sort;
  order?: "asc" | "desc";
  /** Playhead, in seconds from the session's start. */
  t?: number;
  panel?: Panel;
  /** Journeys: what is shown, from which screen, in which direction, how far, and the chosen node as "depth screen". */
  view?: View;
  start?: string;
  direction?: "backwards";
  depth?: number;
  node?: string;
  steps?: string;
  /** The flow as a table. */
  table?: 1;
}

/** The part that every page of a project keeps when one goes to another page. */
export function kept(search: Search): Search {
  const { period, since, until, device, bots } = search;
  return { period, since, until, device, bots };
}

/** The part that narrows the list of sessions beyond period and segment. */
export const LIST_FILTERS = ["screen", "cause", "signal", "place_kind", "place", "place_screen", "min_score", "max_score", "user", "q", "path", "left_at", "loop", "funnel", "within_s", "reached", "dropped", "before"] as const;

/** The longest path that the API takes. */
const MOST_PATH = 20_000;

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
    min_score,
    max_score,
    user: text(raw.user),
    q: text(raw.q),
    path: text(raw.path, MOST_PATH),
    left_at: text(raw.left_at),
    loop: text(raw.loop, MOST_PATH),
    ...funnelOf(raw),
    before: oneOf(BEFORE, raw.before),
    sort: oneOf(SORTS, raw.sort),
    order: oneOf(["asc", "desc"] as const, raw.order),
    t: number(raw.t, 0, 1e7),
    panel: oneOf(PANELS, raw.panel),
    view: oneOf(VIEWS, raw.view),
    start: text(raw.start),
    direction: oneOf(["backwards"] as const, raw.direction),
    depth: whole(raw.depth, 1, 5),
    node: text(raw.node),
    steps: text(raw.steps, MOST_PATH),
    table: String(raw.table) === "1" ? 1 : undefined,
  };
}

/** A funnel's window belongs to the funnel of the list, or to the one that is being built; its steps only to the first. */
function funnelOf(raw: Record<string, unknown>): Pick<Search, "funnel" | "within_s" | "reached" | "dropped"> {
  const funnel = text(raw.funnel, MOST_PATH);
  const within_s = whole(raw.within_s, 1, 30 * 86_400);
  if (funnel === undefined) return { funnel, within_s: raw.steps === undefined ? undefined : within_s, reached: undefined, dropped: undefined };
  return { funnel, within_s, reached: whole(raw.reached, 1, 8), dropped: String(raw.dropped) === "1" ? 1 : undefined };
}

/** The parameters that the API gives beside a number, for a link to exactly its sessions. */
export function filterSearch(filter: Record<string, string>): Search {
  return Object.fromEntries(Object.entries(parseSearch(filter)).filter(([, value]) => value !== undefined));
}

function whole(value: unknown, least = 0, most = 100): number | undefined {
  const n = number(value, least, most);
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
    if (value !== undefined && value !== null && (value !== "" || name === "place_screen")) params.set(name, String(value));
  }
  const query = params.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return query ? `?${query}` : "";
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((item) => item === value);
}

function text(value: unknown, most = 500): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.slice(0, most) : undefined;
}

function date(value: unknown): string | undefined {
  return typeof value === "string" && instant(value) ? value : undefined;
}

function number(value: unknown, least: number, most: number): number | undefined {
  if (value === undefined || value === "") return undefined;
  const n = Number(value);
  return Number.isFinite(n) && n >= least && n <= most ? n : undefined;
}
