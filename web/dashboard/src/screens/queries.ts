// What the page Screens asks.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { Search } from "../search";
import type { Paints, ScreenDetail, ScreenDevices, ScreenList } from "../types";

export function screensQuery(slug: string, search: Search, period: Period, limit: number) {
  const sort = search.screen_sort ?? ("points" as const);
  const query = { ...segment(search), sort, order: search.order ?? (sort === "score" || sort === "screen" ? ("asc" as const) : ("desc" as const)), limit, compare: true };
  return queryOptions({
    queryKey: ["screens", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<ScreenList> => dataOf(client.GET("/api/projects/{slug}/screens", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function paintQuery(slug: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["paint", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    retry: 1,
    queryFn: ({ signal }): Promise<Paints> => dataOf(client.GET("/api/projects/{slug}/screens/paint", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function screenDevicesQuery(slug: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["screen-devices", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    retry: 1,
    queryFn: ({ signal }): Promise<ScreenDevices> => dataOf(client.GET("/api/projects/{slug}/screens/devices", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function screenQuery(slug: string, search: Search, period: Period, on: string) {
  const query = { ...segment(search), on };
  return queryOptions({
    queryKey: ["screen", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<ScreenDetail> => dataOf(client.GET("/api/projects/{slug}/screens/one", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}
