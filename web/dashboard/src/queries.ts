// What the pages ask the API, as TanStack Query options: one function per question, keyed by everything that it depends on.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf, rememberLogin } from "./api";
import { listSearch } from "./list_search";
import { asked, periodKey, type Period } from "./period";
import type { Search } from "./search";
import type { Cause } from "./theme";
import type { FindingList, LiveCheck, Me, Overview, ReplayChunks, SessionList, SessionPage } from "./types";

/** Visible pages that show "now" ask again this often; with the answer's own time a session is there within five seconds of its analysis. */
const LIVE_MS = 3_000;
/** A question keeps the server busy for at most this part of the time, per open page. */
const BUSY_SHARE = 0.2;
const FINDINGS_MS = 300_000;
export const PAGE_SIZE = 50;
const CHUNKS_AT_ONCE = 10;

export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me> => {
    const me: Me = await dataOf(client.GET("/api/me", { signal }));
    rememberLogin(me);
    return me;
  },
});

/** How long the last answer took, by question. */
const tookMs = new Map<string, number>();

export async function timed<T>(question: string, answer: Promise<T>): Promise<T> {
  const start = performance.now();
  const data = await answer;
  tookMs.set(question, performance.now() - start);
  return data;
}

/** The pause before a question is asked again: longer where the answer costs the server much. */
export function pauseMs(question: string): number {
  return Math.max(LIVE_MS, (tookMs.get(question) ?? 0) / BUSY_SHARE);
}

/** The segment, as every project page sends it. The period is added when the question is asked. */
export function segment(search: Search) {
  const { device, screen, release, device_type, browser, country, locale, user, having } = search;
  return { device, screen, bots: search.bots === 1 ? true : undefined, release, device_type, browser, country, locale, user, having: having ? [...having] : undefined };
}

export function overviewQuery(slug: string, search: Search, period: Period) {
  const query = { ...segment(search), compare: true };
  return queryOptions({
    queryKey: ["overview", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    refetchInterval: () => pauseMs("overview"),
    queryFn: ({ signal }): Promise<Overview> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return timed("overview", dataOf(client.GET("/api/projects/{slug}/overview", { params, signal })));
    },
  });
}

/** What got worse. It takes the server some seconds, so it is asked seldom, and not again for what was known. */
export function findingsQuery(slug: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["findings", slug, periodKey(period), query],
    staleTime: FINDINGS_MS,
    refetchInterval: FINDINGS_MS,
    retry: 1,
    queryFn: ({ signal }): Promise<FindingList> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return dataOf(client.GET("/api/projects/{slug}/findings", { params, signal }));
    },
  });
}

/** The causes that no detector of this installation judges yet: the overview of one minute tells, and it does not change. */
export function unmeasuredQuery(slug: string) {
  return queryOptions({
    queryKey: ["unmeasured", slug],
    staleTime: Infinity,
    queryFn: async ({ signal }): Promise<Cause[]> => {
      const query = { since: new Date(Date.now() - 60_000).toISOString() };
      const { causes }: Overview = await dataOf(client.GET("/api/projects/{slug}/overview", { params: { path: { slug }, query }, signal }));
      return causes.filter((row) => row.measured === false).map((row) => row.cause);
    },
  });
}

/** The filters by calls and web vitals. */
function callFilters(search: Search) {
  const { api, api_status, api_screen, call_min_ms, call_max_ms, wait_min_ms, wait_max_ms, vital, vital_screen, vital_rating } = search;
  const left_soon = search.left_soon === 1 ? true : undefined;
  return { api, api_status, api_screen, call_min_ms, call_max_ms, wait_min_ms, wait_max_ms, left_soon, vital, vital_screen, vital_rating };
}

/** What the list of sessions is narrowed by and sorted in, as the API takes it. */
export function listFilters(address: Search) {
  const search = listSearch(address);
  return {
    ...segment(search),
    sort: search.sort ?? "started",
    order: search.order ?? (search.sort === "score" ? ("asc" as const) : ("desc" as const)),
    cause: search.cause,
    signal: search.signal,
    place_kind: search.place_kind,
    place: search.place,
    place_screen: search.place_screen,
    place_type: search.place_type,
    element: search.element,
    element_screen: search.element_screen,
    element_width: search.element_width,
    element_signal: search.element_signal,
    min_score: search.min_score,
    max_score: search.max_score,
    q: search.q,
    error_group: search.error_group,
    error_screen: search.error_screen,
    error_origin: search.error_origin,
    ...callFilters(search),
    signal_type: search.signal_type,
    signal_element: search.signal_element,
    signal_screen: search.signal_screen,
    lost_on: search.lost_on,
    moment: search.moment,
    former: search.former,
    path: search.path,
    left_at: search.left_at,
    loop: search.loop,
    funnel: search.funnel,
    within_s: search.funnel === undefined ? undefined : search.within_s,
    reached: search.reached,
    dropped: search.dropped === 1 ? true : undefined,
    before: search.before,
  };
}

const WORST = 5;

/** What a list of sessions is about, and one page of it. */
function listQuestion(slug: string, search: Search, period: Period) {
  const query = { ...listFilters(search), limit: PAGE_SIZE };
  const ask = (cursor: string | undefined, signal: AbortSignal): Promise<SessionList> => {
    const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query, cursor } };
    return timed("sessions", dataOf(client.GET("/api/projects/{slug}/sessions", { params, signal })));
  };
  return { key: [slug, periodKey(period), query], ask };
}

export function sessionsQuery(slug: string, search: Search, period: Period) {
  const { key, ask } = listQuestion(slug, search, period);
  return infiniteQueryOptions({
    queryKey: ["sessions", ...key],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: SessionList) => page.next_cursor ?? undefined,
    // Of a list that was paged on, only the first page is asked again: by `sessionsHeadQuery`. After a next page that failed
    // nothing is asked by itself: it would be shown as if all were well, and the next page be asked for anew.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 || (state.data && state.status === "error") ? false : pauseMs("sessions")),
    queryFn: ({ signal, pageParam }): Promise<SessionList> => ask(pageParam, signal),
  });
}

/** The first page of a list that was paged on: what is new since. */
export function sessionsHeadQuery(slug: string, search: Search, period: Period) {
  const { key, ask } = listQuestion(slug, search, period);
  return queryOptions({
    queryKey: ["sessions-head", ...key],
    refetchInterval: () => pauseMs("sessions"),
    queryFn: ({ signal }): Promise<SessionList> => ask(undefined, signal),
  });
}

/** The few sessions of a list that come first in its order. */
export function worstQuery(slug: string, search: Search, period: Period) {
  const query = { ...listFilters(search), limit: WORST };
  return queryOptions({
    queryKey: ["worst", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    refetchInterval: () => pauseMs("worst"),
    queryFn: ({ signal }): Promise<SessionList> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return timed("worst", dataOf(client.GET("/api/projects/{slug}/sessions", { params, signal })));
    },
  });
}

export function sessionQuery(slug: string, sessionId: string) {
  return queryOptions({
    queryKey: ["session", slug, sessionId],
    queryFn: ({ signal }): Promise<SessionPage> =>
      dataOf(
        client.GET("/api/projects/{slug}/sessions/{session_id}", {
          params: { path: { slug, session_id: sessionId } },
          signal,
        }),
      ),
    // A session that still grows is asked again; a final one never changes.
    refetchInterval: ({ state }) => (state.data && !state.data.score.is_final ? LIVE_MS : false),
  });
}

export function liveCheckQuery(slug: string) {
  return queryOptions({
    queryKey: ["live-check", slug],
    queryFn: ({ signal }): Promise<LiveCheck> =>
      dataOf(client.GET("/api/projects/{slug}/live-check", { params: { path: { slug } }, signal })),
    // Until something has arrived one waits in front of this page; afterwards it is never shown again.
    refetchInterval: ({ state }) => (state.data?.first_event_at || (!state.data && state.status === "error") ? false : 2_000),
  });
}

export function freshnessQuery(slug: string, period: Period) {
  return queryOptions({
    queryKey: ["freshness", slug, periodKey(period)],
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/freshness", { params: { path: { slug }, query: asked(period, Date.now()) }, signal })),
  });
}

/** The next chunks of one tab's recording, after the chunk `after`. Not cached: a recording is large and played once. */
export function fetchReplay(slug: string, sessionId: string, tab: string | null, after: number | null, signal: AbortSignal): Promise<ReplayChunks> {
  return dataOf(
    client.GET("/api/projects/{slug}/sessions/{session_id}/replay", {
      params: { path: { slug, session_id: sessionId }, query: { tab: tab ?? undefined, after: after ?? undefined, limit: CHUNKS_AT_ONCE } },
      signal,
    }),
  );
}

