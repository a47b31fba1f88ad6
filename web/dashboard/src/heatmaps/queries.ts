// What the heatmaps ask the API. They change slowly and cost more than a list: asked again when the page is opened anew.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { Layer, Search, Width } from "../search";
import type { Heatmap, HeatDrift, HeatElements, HeatPage, HeatScreens } from "../types";

const STALE_MS = 60_000;

/** The equally long period before. */
export function before(period: Period): Period {
  return { preset: null, since: new Date(2 * period.since.getTime() - period.until.getTime()), until: period.since };
}

export function screensQuery(slug: string, search: Search, period: Period) {
  const query = segment(search);
  return queryOptions({
    queryKey: ["heatmaps", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<HeatScreens> =>
      dataOf(client.GET("/api/projects/{slug}/heatmaps", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export interface MapWanted {
  on: string;
  layer: Layer;
  mode: "element" | "page";
  width: Width | undefined;
}

export function mapQuery(slug: string, search: Search, period: Period, wanted: MapWanted | null) {
  const query = { ...segment(search), on: wanted?.on ?? "", layer: wanted?.layer, mode: wanted?.mode, width: wanted?.width };
  return queryOptions({
    queryKey: ["heatmap", slug, periodKey(period), query],
    enabled: wanted !== null,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<Heatmap> =>
      dataOf(client.GET("/api/projects/{slug}/heatmap", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function elementsQuery(slug: string, search: Search, period: Period, on: string, width: Width | undefined, enabled: boolean) {
  const query = { ...segment(search), on, width };
  return queryOptions({
    queryKey: ["heatmap-elements", slug, periodKey(period), query],
    enabled,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<HeatElements> =>
      dataOf(client.GET("/api/projects/{slug}/heatmap/elements", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function driftQuery(slug: string, search: Search, period: Period, on: string, width: Width | undefined, enabled: boolean) {
  const query = { ...segment(search), on, width };
  return queryOptions({
    queryKey: ["heatmap-drift", slug, periodKey(period), query],
    enabled,
    staleTime: STALE_MS,
    queryFn: ({ signal }): Promise<HeatDrift> =>
      dataOf(client.GET("/api/projects/{slug}/heatmap/drift", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function pageQuery(slug: string, search: Search, period: Period, on: string, width: Width | undefined) {
  const query = { ...segment(search), on, width };
  return queryOptions({
    queryKey: ["heatmap-page", slug, periodKey(period), query],
    enabled: width !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }): Promise<HeatPage> =>
      dataOf(client.GET("/api/projects/{slug}/heatmap/page", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}
