// What Latency asks.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { pauseMs, segment, timed } from "../queries";
import type { Search } from "../search";
import type { ApiDetail, ApiList, Dose, VitalPage } from "../types";

/** So many rows that the chosen API's charts below stay near. */
const API_PAGE_SIZE = 12;

export function latencyQuery(slug: string, search: Search, period: Period) {
  const query = { ...segment(search), sort: search.by ?? "points", order: search.order ?? ("desc" as const), limit: API_PAGE_SIZE, compare: true };
  return infiniteQueryOptions({
    queryKey: ["latency", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ApiList) => page.next_cursor ?? undefined,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : pauseMs("latency")),
    queryFn: ({ signal, pageParam }): Promise<ApiList> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query, cursor: pageParam } };
      return timed("latency", dataOf(client.GET("/api/projects/{slug}/latency", { params, signal })));
    },
  });
}

export function apiQuery(slug: string, search: Search, period: Period, api: string) {
  const query = { ...segment(search), api, compare: true };
  return queryOptions({
    queryKey: ["latency-api", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    refetchInterval: () => pauseMs("latency-api"),
    queryFn: ({ signal }): Promise<ApiDetail> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return timed("latency-api", dataOf(client.GET("/api/projects/{slug}/latency/api", { params, signal })));
    },
  });
}

/** What waiting goes together with; `api` undefined: for the calls of all APIs. */
export function doseQuery(slug: string, search: Search, period: Period, api: string | undefined) {
  const query = { ...segment(search), api };
  return queryOptions({
    queryKey: ["latency-dose", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    refetchInterval: () => pauseMs("latency-dose"),
    queryFn: ({ signal }): Promise<Dose> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return timed("latency-dose", dataOf(client.GET("/api/projects/{slug}/latency/dose", { params, signal })));
    },
  });
}

export function vitalsQuery(slug: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["vitals", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    refetchInterval: () => pauseMs("vitals"),
    queryFn: ({ signal }): Promise<VitalPage> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return timed("vitals", dataOf(client.GET("/api/projects/{slug}/latency/vitals", { params, signal })));
    },
  });
}
