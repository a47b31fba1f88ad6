// What the pages ask the API, as TanStack Query options: one function per question, keyed by everything that it depends on.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf, rememberCsrf } from "./api";
import type { Period } from "./period";
import type { Search } from "./search";
import type { LiveCheck, Me, Overview, ReplayChunks, SessionList, SessionPage } from "./types";

/** Pages that show "now" ask again this often; the promise is five seconds from event to score. */
const LIVE_MS = 5_000;
const PAGE_SIZE = 50;
const CHUNKS_AT_ONCE = 10;

export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Me> => {
    const me: Me = await dataOf(client.GET("/api/me", { signal }));
    rememberCsrf(me.csrf);
    return me;
  },
});

/** Period and segment, as every project page sends them. */
function scope(search: Search, period: Period) {
  return {
    since: period.since.toISOString(),
    until: period.until.toISOString(),
    device: search.device,
    screen: search.screen,
    bots: search.bots === 1 ? true : undefined,
  };
}

export function overviewQuery(slug: string, search: Search, period: Period) {
  const query = { ...scope(search, period), compare: true };
  return queryOptions({
    queryKey: ["overview", slug, query],
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }): Promise<Overview> =>
      dataOf(client.GET("/api/projects/{slug}/overview", { params: { path: { slug }, query }, signal })),
  });
}

export function sessionsQuery(slug: string, search: Search, period: Period) {
  const query = {
    ...scope(search, period),
    sort: search.sort ?? "started",
    order: search.order ?? (search.sort === "score" ? ("asc" as const) : ("desc" as const)),
    limit: PAGE_SIZE,
    cause: search.cause,
    signal: search.signal,
    place_kind: search.place_kind,
    place: search.place,
    place_screen: search.place_screen,
    min_score: search.min_score,
    max_score: search.max_score,
    user: search.user,
    q: search.q,
  };
  return infiniteQueryOptions({
    queryKey: ["sessions", slug, query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: SessionList) => page.next_cursor ?? undefined,
    // A list that was paged on stays as it is: rows must not move under the reader.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : LIVE_MS),
    queryFn: ({ signal, pageParam }): Promise<SessionList> =>
      dataOf(
        client.GET("/api/projects/{slug}/sessions", {
          params: { path: { slug }, query: { ...query, cursor: pageParam } },
          signal,
        }),
      ),
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
    refetchInterval: ({ state }) => (state.data?.first_event_at ? false : 2_000),
  });
}

export function freshnessQuery(slug: string, period: Period) {
  const query = { since: period.since.toISOString(), until: period.until.toISOString() };
  return queryOptions({
    queryKey: ["freshness", slug, query],
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/freshness", { params: { path: { slug }, query }, signal })),
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
