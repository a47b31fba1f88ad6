// The values that the builder proposes.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { paths } from "../api.gen";
import { client, dataOf } from "../api";
import { asked, periodKey, type Period } from "../period";
import { listFilters, segment } from "../queries";
import type { Search } from "../search";

export type Field = paths["/api/projects/{slug}/segment-values"]["get"]["parameters"]["query"]["of"];
const SHOWN = 30;
const STALE_MS = 60_000;

export function valuesQuery(slug: string, search: Search, period: Period, of: Field, part: string) {
  const query = { ...segment(search), of, part: part || undefined, limit: SHOWN };
  return queryOptions({
    queryKey: ["segment-values", slug, periodKey(period), query],
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
    queryFn: ({ signal }) => dataOf(client.GET("/api/projects/{slug}/segment-values", { params: { path: { slug }, query: { ...asked(period, Date.now()), ...query } }, signal })),
  });
}

/** Sessions without each of the conditions, in their order, one question after the other; null when there are some with all of
 * them, so that the page is empty for another reason. `isList`: with what only the list of sessions is narrowed by. */
export function withoutEachQuery(slug: string, search: Search, period: Period, conditions: readonly { drop: Search }[], isList: boolean) {
  const filters = (part: Search) => (isList ? listFilters(part) : segment(part));
  const asks = [search, ...conditions.map(({ drop }) => ({ ...search, ...drop }))].map(filters);
  return queryOptions({
    queryKey: ["without-each", slug, periodKey(period), asks],
    enabled: conditions.length > 0,
    staleTime: STALE_MS,
    retry: false,
    queryFn: async ({ signal }): Promise<number[] | null> => {
      const totals: number[] = [];
      for (const query of asks) {
        const params = { path: { slug }, query: { ...asked(period, Date.now()), ...query, limit: 1 } };
        const { total } = await dataOf(client.GET("/api/projects/{slug}/sessions", { params, signal }));
        if (totals.length === 0 && total > 0) return null;
        totals.push(total);
      }
      return totals.slice(1);
    },
  });
}
