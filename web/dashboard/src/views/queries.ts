// Saved views: what the API keeps, and its changes.
import { queryOptions } from "@tanstack/react-query";
import { client, dataOf } from "../api";

export function viewsQuery(slug: string) {
  return queryOptions({
    queryKey: ["views", slug],
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/views", { params: { path: { slug } }, signal })),
  });
}

export const saveView = (slug: string, name: string, address: string) => dataOf(client.POST("/api/projects/{slug}/views", { params: { path: { slug } }, body: { name, address } }));

export const changeView = (slug: string, view_id: number, change: { name?: string; address?: string }) =>
  dataOf(client.PUT("/api/projects/{slug}/views/{view_id}", { params: { path: { slug, view_id } }, body: change }));

export const deleteView = (slug: string, view_id: number) => dataOf(client.DELETE("/api/projects/{slug}/views/{view_id}", { params: { path: { slug, view_id } } }));

/** The present page, below its project's own address. */
export function presentAddress(slug: string): string {
  const { pathname, search } = window.location;
  const below = pathname.slice(`/p/${slug}`.length).replace(/\/$/, "");
  return below + search;
}
