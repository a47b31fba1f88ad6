// What the page Signals asks and changes.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { segment } from "../queries";
import type { Search } from "../search";
import type { Changed, Muted, Precision, SignalExamples, SignalList, Thresholds, Trial } from "../types";

const EXAMPLES = 8;

export function signalsQuery(slug: string, search: Search, period: Period, limit: number) {
  const query = { ...segment(search), kind: search.kind, limit, compare: true };
  return queryOptions({
    queryKey: ["signals", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<SignalList> => dataOf(client.GET("/api/projects/{slug}/signals", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export interface ExamplePlace {
  kind: string;
  /** Undefined: at any place. */
  element?: string;
  screen?: string;
}

export function examplesQuery(slug: string, search: Search, period: Period, { kind, element, screen }: ExamplePlace) {
  const query = { ...segment(search), kind, element_id: element, on: screen, limit: EXAMPLES };
  return queryOptions({
    queryKey: ["signal-examples", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }): Promise<SignalExamples> => dataOf(client.GET("/api/projects/{slug}/signals/examples", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

export function precisionQuery(slug: string) {
  return queryOptions({
    queryKey: ["precision", slug],
    queryFn: ({ signal }): Promise<Precision> => dataOf(client.GET("/api/projects/{slug}/signals/precision", { params: { path: { slug } }, signal })),
  });
}

export function thresholdsQuery(slug: string) {
  return queryOptions({
    queryKey: ["thresholds", slug],
    queryFn: ({ signal }): Promise<Thresholds> => dataOf(client.GET("/api/projects/{slug}/signals/thresholds", { params: { path: { slug } }, signal })),
  });
}

export function setMuted(slug: string, { type, element_id, screen }: Muted, isMuted: boolean): Promise<Changed> {
  if (isMuted) return dataOf(client.POST("/api/projects/{slug}/signals/muted", { params: { path: { slug } }, body: { type, element_id, screen, reason: "by the page Signals" } }));
  return dataOf(client.DELETE("/api/projects/{slug}/signals/muted", { params: { path: { slug }, query: { signal: type, element_id, screen: screen ?? undefined } } }));
}

export function tryValues(slug: string, values: Record<string, number>, reset: string[], days: number): Promise<Trial> {
  const since = new Date(Date.now() - days * 86_400_000).toISOString();
  return dataOf(client.POST("/api/projects/{slug}/signals/try", { params: { path: { slug } }, body: { values, reset, since, limit: 2000 } }));
}

export function setThresholds(slug: string, overrides: Record<string, number>): Promise<Changed> {
  return dataOf(client.PUT("/api/projects/{slug}/signals/thresholds", { params: { path: { slug } }, body: { overrides, reason: "by the laboratory" } }));
}
