// What the URL of a page may say: period, segment, filters, sort, and on a session the second and the panel.
// One shape for all pages, so that a copied address, the back button and links between pages agree.
import { CAUSES, type Cause } from "./theme";
import { instant, isPreset, type PeriodSearch } from "./period";
import { parseQueue } from "./queue";

export const DEVICES = ["desktop", "tablet", "phone"] as const;
export type Device = (typeof DEVICES)[number];
export const SORTS = ["score", "started", "duration"] as const;
export type Sort = (typeof SORTS)[number];
export const PANELS = ["score", "signals", "events", "network", "console"] as const;
export type Panel = (typeof PANELS)[number];
export const BEFORE = ["rage", "error", "slow", "other", "nothing"] as const;
export type Before = (typeof BEFORE)[number];
/** Parts of the page Journeys. */
export const VIEWS = ["flow", "funnel", "loops"] as const;
export type View = (typeof VIEWS)[number];

export const ERROR_SORTS = ["sessions", "errors", "users", "score", "first_seen", "last_seen"] as const;
export type ErrorSort = (typeof ERROR_SORTS)[number];
export const ERROR_ORIGINS = ["own", "foreign"] as const;
export type ErrorOrigin = (typeof ERROR_ORIGINS)[number];
export const CALL_STATUSES = ["any", "2xx", "3xx", "4xx", "5xx", "network", "unfinished", "other", "failed"] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];
export const VITALS = ["LCP", "INP", "CLS", "FCP", "TTFB"] as const;
export type Vital = (typeof VITALS)[number];
export const RATINGS = ["good", "needs-improvement", "poor"] as const;
export type Rating = (typeof RATINGS)[number];
export const LATENCY_SORTS = ["points", "calls", "sessions", "failed", "unfinished", "p50", "p75", "p95", "p99", "apdex", "p95_change", "failed_change"] as const;
export type LatencySort = (typeof LATENCY_SORTS)[number];

export const SCREEN_SORTS = ["screen", "points", "score", "sessions", "visitors", "views", "exits", "stay", "signals"] as const;
export type ScreenSort = (typeof SCREEN_SORTS)[number];
export const EMOTIONS = ["frustrated", "confused", "hesitant", "disengaged", "engaged", "neutral", "unknown"] as const;
export type Emotion = (typeof EMOTIONS)[number];
export const STRENGTHS = ["weak", "moderate", "strong"] as const;
export const SCORE_BY = ["screen", "api", "element", "release", "device"] as const;
export const ISSUES_BY = ["screen", "api", "element"] as const;
export type IssuesBy = (typeof ISSUES_BY)[number];
export type ScoreBy = (typeof SCORE_BY)[number];

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
  place_kind?: "screen" | "api" | "element" | "error";
  place?: string;
  /** Screen of an element; empty: nobody recorded its screen. */
  place_screen?: string;
  /** With `place`: points lost there to issues of this type alone. */
  place_type?: string;
  /** With `element_screen`: the element that was clicked there; empty: one that nobody named. On the heatmap: the chosen one. */
  element?: string;
  element_screen?: string;
  element_width?: Width;
  element_signal?: "rage" | "dead";
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
  /** Conditions that all hold as well, as the API writes them (docs/api.md): "screen:/cart", "call:failed:GET /api". */
  having?: readonly string[];
  q?: string;
  error_group?: string;
  /** With `error_group`: the screen of the error; empty: not known. */
  error_screen?: string;
  /** Sessions with an error of the site's own or of a foreign script; on the page Errors what it lists. */
  error_origin?: ErrorOrigin;
  /** What the list of error groups is sorted by. */
  error_sort?: ErrorSort;
  /** An API as stored, empty: calls without a name. On the page Latency the one that is shown in depth. */
  api?: string;
  api_status?: CallStatus;
  api_screen?: string;
  call_min_ms?: number;
  call_max_ms?: number;
  /** The p75 of the session's calls (of `api`), from here up to, and without, `wait_max_ms`. */
  wait_min_ms?: number;
  wait_max_ms?: number;
  left_soon?: 1;
  vital?: Vital;
  vital_screen?: string;
  vital_rating?: Rating;
  /** A signal of this type, at this element (empty: not known), on this cleaned screen (empty: not known). */
  signal_type?: string;
  signal_element?: string;
  signal_screen?: string;
  /** Points lost on this cleaned screen. */
  lost_on?: string;
  moment?: string;
  /** Another score under this former version. */
  former?: string;
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
  /** On the page Latency: which half of it, what its table is sorted by, whether waiting is that for all APIs. */
  by?: LatencySort;
  dose?: "all";
  /** Playhead, in seconds from the session's start. */
  t?: number;
  /** A session that was opened from the page of its `error_group`: the way back leads there. */
  from?: "error";
  panel?: Panel;
  /** Sessions that are played one after another, as `queueText` writes them. */
  queue?: string;
  /** Which part of the page: of Journeys, or the vitals of Latency. */
  view?: View | "vitals";
  /** Journeys: from which screen, in which direction, how far, and the chosen node as "depth screen". */
  start?: string;
  direction?: "backwards";
  depth?: number;
  node?: string;
  steps?: string;
  /** The flow as a table. */
  table?: 1;
  /** Of the heatmap: its screen, what is counted, the width band (without one: the most viewed), the anchor, the comparison. */
  on?: string;
  layer?: Layer;
  width?: Width | "all";
  mode?: "page";
  against?: "before" | "segment";
  /** The segment that the heatmap is compared with: the query of an address; without one everybody. */
  other?: string;
  screen_sort?: ScreenSort;
  /** On the page Signals: the type that is shown; with `element` and `on` the place. */
  kind?: string;
  /** The laboratory of the page Signals. */
  lab?: 1;
  emotion?: Emotion;
  strength?: (typeof STRENGTHS)[number];
  score_by?: ScoreBy;
  /** On the Overview: which of what got worse stands in the card (change_search.ts); without it the first. */
  finding?: string;
  issues_by?: IssuesBy;
}

/** Before a device in `user`: the sessions of somebody whom the site does not name. */
export const DEVICE = "device:";

/** What the segment of every page is made of, beside the period. */
export const SEGMENT = ["device", "bots", "screen", "release", "device_type", "browser", "country", "locale", "user", "having"] as const;
export type SegmentKey = (typeof SEGMENT)[number];

/** What goes along to another project: the period. Filters name what only one of them has. */
export function periodOf({ period, since, until }: Search): Search {
  return { period, since, until };
}

/** The part that every page of a project keeps when one goes to another page. */
export function kept(search: Search): Search {
  return { ...periodOf(search), ...Object.fromEntries(SEGMENT.filter((name) => search[name] !== undefined).map((name) => [name, search[name]])) };
}

/** `filter` on top of what is kept. A session can have seen two screens: the one that was asked for before becomes a condition. */
export function narrowed(here: Search, filter: Search): Search {
  const found = { ...kept(here), ...filter };
  if (filter.screen === undefined || here.screen === undefined || filter.screen === here.screen) return found;
  return { ...found, having: [...(found.having ?? []), `screen:${here.screen}`] };
}

/** The part that narrows the list of sessions beyond period and segment. */
export const LIST_FILTERS = [
  "cause", "signal", "place_kind", "place", "place_screen", "place_type", "min_score", "max_score", "q",
  "error_group", "error_screen", "error_origin", "api", "api_status", "api_screen", "call_min_ms", "call_max_ms", "wait_min_ms", "wait_max_ms", "left_soon", "vital", "vital_screen", "vital_rating",
  "path", "left_at", "loop", "funnel", "within_s", "reached", "dropped", "before", "element", "element_screen", "element_width", "element_signal", "signal_type", "signal_element", "signal_screen", "lost_on", "moment", "former",
] as const;

/** Parameters of which an empty text means "not known", which is not the same as not asked. */
const MAY_BE_EMPTY: readonly string[] = ["place_screen", "release", "device_type", "browser", "country", "locale", "error_screen", "api", "api_screen", "vital_screen", "element", "signal_element", "signal_screen"];

/** The direction in which error groups are looked through first: the worst, the newest. */
export function errorOrder(sort?: ErrorSort): "asc" | "desc" {
  return sort === "score" ? "asc" : "desc";
}
/** As in the API. */
const MOST_CONDITIONS = 12;
const MOST_CONDITION = 2000;
const MAX_API = 2000;
const MAX_MS = 2 ** 31 - 1;
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
    place_kind: oneOf(["screen", "api", "element", "error"] as const, raw.place_kind),
    place: text(raw.place),
    place_screen: key(raw.place_screen),
    place_type: text(raw.place_type, 64),
    release: key(raw.release),
    device_type: key(raw.device_type),
    browser: key(raw.browser),
    country: key(raw.country),
    locale: key(raw.locale),
    element: key(raw.element),
    element_screen: text(raw.element_screen),
    element_width: oneOf(WIDTHS, raw.element_width),
    element_signal: oneOf(["rage", "dead"] as const, raw.element_signal),
    min_score,
    max_score,
    user: text(raw.user),
    having: conditions(raw.having),
    q: text(raw.q),
    error_group: text(raw.error_group),
    error_screen: text(raw.error_group) && key(raw.error_screen),
    error_origin: oneOf(ERROR_ORIGINS, raw.error_origin),
    error_sort: oneOf(ERROR_SORTS, raw.error_sort),
    ...parseLatency(raw),
    signal_type: text(raw.signal_type, 64),
    signal_element: key(raw.signal_element),
    signal_screen: key(raw.signal_screen),
    lost_on: text(raw.lost_on),
    moment: text(raw.moment, 64),
    former: text(raw.former, 200),
    path: text(raw.path, MOST_PATH),
    left_at: text(raw.left_at),
    loop: text(raw.loop, MOST_PATH),
    ...funnelOf(raw),
    before: oneOf(BEFORE, raw.before),
    sort: oneOf(SORTS, raw.sort),
    order: oneOf(["asc", "desc"] as const, raw.order),
    by: oneOf(LATENCY_SORTS, raw.by),
    dose: oneOf(["all"] as const, raw.dose),
    t: number(raw.t, 0, 1e7),
    from: oneOf(["error"] as const, raw.from),
    panel: oneOf(PANELS, raw.panel),
    queue: parseQueue(raw.queue),
    view: oneOf([...VIEWS, "vitals"] as const, raw.view),
    start: text(raw.start),
    direction: oneOf(["backwards"] as const, raw.direction),
    depth: whole(raw.depth, 1, 5),
    node: text(raw.node),
    steps: text(raw.steps, MOST_PATH),
    table: String(raw.table) === "1" ? 1 : undefined,
    on: key(raw.on),
    layer: oneOf(LAYERS, raw.layer),
    width: oneOf([...WIDTHS, "all"] as const, raw.width),
    mode: oneOf(["page"] as const, raw.mode),
    against: oneOf(["before", "segment"] as const, raw.against),
    other: text(raw.other, MOST_PATH),
    screen_sort: oneOf(SCREEN_SORTS, raw.screen_sort),
    kind: text(raw.kind, 64),
    lab: String(raw.lab) === "1" ? 1 : undefined,
    emotion: oneOf(EMOTIONS, raw.emotion),
    strength: oneOf(STRENGTHS, raw.strength),
    score_by: oneOf(SCORE_BY, raw.score_by),
    finding: text(raw.finding, MOST_PATH),
    issues_by: oneOf(ISSUES_BY, raw.issues_by),
  };
}

function parseLatency(raw: Record<string, unknown>): Search {
  const vital = oneOf(VITALS, raw.vital);
  const [call_min_ms, call_max_ms] = range(raw.call_min_ms, raw.call_max_ms);
  const [wait_min_ms, wait_max_ms] = range(raw.wait_min_ms, raw.wait_max_ms);
  return {
    api: key(raw.api, MAX_API),
    api_status: oneOf(CALL_STATUSES, raw.api_status),
    api_screen: key(raw.api_screen),
    call_min_ms, call_max_ms, wait_min_ms, wait_max_ms,
    left_soon: String(raw.left_soon) === "1" ? 1 : undefined,
    vital,
    vital_screen: vital && key(raw.vital_screen),
    vital_rating: vital && oneOf(RATINGS, raw.vital_rating),
  };
}

/** Milliseconds, half-open; none when nothing could be in it. */
function range(from: unknown, to: unknown): [number | undefined, number | undefined] {
  const [least, below] = [whole(from, 0, MAX_MS), whole(to, 0, MAX_MS)];
  return least !== undefined && below !== undefined && least >= below ? [undefined, undefined] : [least, below];
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
  const params = new URLSearchParams(query);
  const having = params.getAll("having");
  return { ...Object.fromEntries(params), ...(having.length ? { having } : {}) };
}

export function writeQuery(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (Array.isArray(value)) value.forEach((one) => params.append(name, String(one)));
    else if (value !== undefined && value !== null && (value !== "" || MAY_BE_EMPTY.includes(name))) params.set(name, String(value));
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

/** A text that may be empty. */
function key(value: unknown, most = 500): string | undefined {
  return value === "" ? "" : text(value, most);
}

/** Texts with a kind before a colon; whether the API takes them is for it to say. */
function conditions(value: unknown): string[] | undefined {
  const texts = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && /^[a-z]+:./s.test(one) && one.length <= MOST_CONDITION);
  return texts.length ? [...new Set(texts)].slice(0, MOST_CONDITIONS) : undefined;
}

function date(value: unknown): string | undefined {
  return typeof value === "string" && instant(value) ? value : undefined;
}

function number(value: unknown, least: number, most: number): number | undefined {
  if (value === undefined || value === "") return undefined;
  const n = Number(value);
  return Number.isFinite(n) && n >= least && n <= most ? n : undefined;
}
