// What the pages about errors ask.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { PAGE_SIZE, pauseMs, segment, timed } from "../queries";
import { errorOrder, type Search } from "../search";
import type { ErrorGroupPage, ErrorGroups, ErrorOccurrences } from "../types";

/** The error groups of the period, page by page. Only a list of one page is asked again while it is open. */
export function errorsQuery(slug: string, search: Search, period: Period) {
  const query = {
    ...segment(search),
    origin: search.error_origin ?? ("own" as const),
    q: search.q,
    sort: search.error_sort ?? ("sessions" as const),
    order: search.order ?? errorOrder(search.error_sort),
    limit: PAGE_SIZE,
    compare: true,
  };
  return infiniteQueryOptions({
    queryKey: ["errors", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ErrorGroups) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : pauseMs("errors")),
    queryFn: ({ signal, pageParam }): Promise<ErrorGroups> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query, cursor: pageParam } };
      return timed("errors", dataOf(client.GET("/api/projects/{slug}/errors", { params, signal })));
    },
  });
}

export function errorGroupQuery(slug: string, groupKey: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["error", slug, groupKey, periodKey(period), query],
    placeholderData: keepPreviousData,
    refetchInterval: () => pauseMs("error"),
    queryFn: ({ signal }): Promise<ErrorGroupPage> => {
      const params = { path: { slug, group_key: groupKey }, query: { ...asked(period, Date.now()), ...query } };
      return timed("error", dataOf(client.GET("/api/projects/{slug}/errors/{group_key}", { params, signal })));
    },
  });
}

/** The sessions that met a group, newest first. */
export function occurrencesQuery(slug: string, groupKey: string, search: Search, period: Period) {
  const query = segment(search);
  return infiniteQueryOptions({
    queryKey: ["occurrences", slug, groupKey, periodKey(period), query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ErrorOccurrences) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : pauseMs("occurrences")),
    queryFn: ({ signal, pageParam }): Promise<ErrorOccurrences> => {
      const params = { path: { slug, group_key: groupKey }, query: { ...asked(period, Date.now()), ...query, cursor: pageParam } };
      return timed("occurrences", dataOf(client.GET("/api/projects/{slug}/errors/{group_key}/occurrences", { params, signal })));
    },
  });
}
