// What Journeys asks.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { Search } from "../search";
import type { Flow, Funnel, FunnelChoices, Loops } from "../types";

/** Journeys are read, not watched: they are asked again when the page is opened or its filters change. */
export function flowQuery(slug: string, search: Search, period: Period, depth: number) {
  const query = { ...segment(search), start: search.start, direction: search.direction, depth, compare: true };
  return queryOptions({
    queryKey: ["flow", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<Flow> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return dataOf(client.GET("/api/projects/{slug}/journeys/flow", { params, signal }));
    },
  });
}

export function loopsQuery(slug: string, search: Search, period: Period, limit: number) {
  const query = { ...segment(search), limit };
  return queryOptions({
    queryKey: ["loops", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<Loops> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return dataOf(client.GET("/api/projects/{slug}/journeys/loops", { params, signal }));
    },
  });
}

export function funnelQuery(slug: string, search: Search, period: Period, steps: string) {
  const query = { ...segment(search), steps, within_s: search.within_s };
  return queryOptions({
    queryKey: ["funnel", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<Funnel> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return dataOf(client.GET("/api/projects/{slug}/journeys/funnel", { params, signal }));
    },
  });
}

/** The screens of the period, to start a flow from; with its events, to build a funnel of. */
export function choicesQuery(slug: string, search: Search, period: Period, events: boolean) {
  const query = { ...segment(search), events };
  return queryOptions({
    queryKey: ["choices", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<FunnelChoices> => {
      const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query } };
      return dataOf(client.GET("/api/projects/{slug}/journeys/choices", { params, signal }));
    },
  });
}
