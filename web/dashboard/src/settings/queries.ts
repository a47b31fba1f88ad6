// What the page Settings asks and changes.
import { queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";
import type { ProjectSettings } from "../types";

export function settingsQuery(slug: string) {
  return queryOptions({ queryKey: ["settings", slug], queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/settings", { params: { path: { slug } }, signal })) });
}

export function keysQuery(slug: string) {
  return queryOptions({ queryKey: ["keys", slug], queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/keys", { params: { path: { slug } }, signal })) });
}

export function thresholdsQuery(slug: string) {
  return queryOptions({ queryKey: ["thresholds-count", slug], queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/signals/thresholds", { params: { path: { slug } }, signal })) });
}

export const accountsQuery = queryOptions({ queryKey: ["accounts"], queryFn: ({ signal }) => dataOf(client.GET("/api/accounts", { signal })) });
export const tokensQuery = queryOptions({ queryKey: ["tokens"], queryFn: ({ signal }) => dataOf(client.GET("/api/tokens", { signal })) });

export const saveSettings = (slug: string, body: ProjectSettings) => dataOf(client.PUT("/api/projects/{slug}/settings", { params: { path: { slug } }, body }));
/** One origin more that may send; what else is set stays. */
export async function allowOrigin(slug: string, origin: string): Promise<ProjectSettings> {
  const now = await dataOf(client.GET("/api/projects/{slug}/settings", { params: { path: { slug } } }));
  return saveSettings(slug, { ...now, origins: [...new Set([...now.origins, origin])] });
}
export const makeKey = (slug: string, label: string, is_backfill: boolean) => dataOf(client.POST("/api/projects/{slug}/keys", { params: { path: { slug } }, body: { label, is_backfill } }));
export const revokeKey = (slug: string, write_key: string) => dataOf(client.DELETE("/api/projects/{slug}/keys/{write_key}", { params: { path: { slug, write_key } } }));
export const makeAccount = (name: string, password: string | null) => dataOf(client.POST("/api/accounts", { body: { name, password } }));
export const removeAccount = (name: string) => dataOf(client.DELETE("/api/accounts/{name}", { params: { path: { name } } }));
export const setPassword = (present: string, password: string) => dataOf(client.PUT("/api/me/password", { body: { present, password } }));
export const makeToken = (label: string, slug: string | null) => dataOf(client.POST("/api/tokens", { body: { label, slug } }));
export const revokeToken = (token_id: number) => dataOf(client.DELETE("/api/tokens/{token_id}", { params: { path: { token_id } } }));
